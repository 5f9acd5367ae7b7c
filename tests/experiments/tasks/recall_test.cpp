// The recall tasks against plain readings of their definitions.

#include <algorithm>
#include <map>
#include <set>

#include "tests/experiments/tasks/rows.hpp"

namespace sca::experiments::ablation {
namespace {

using Ids = std::vector<std::int64_t>;

bool is_key(std::int64_t id, std::int64_t V = 64) { return 1 <= id && id < V / 2; }
bool is_value(std::int64_t id, std::int64_t V = 64) { return V / 2 <= id && id < V; }
std::size_t asked_in(const Row& row) {
  return row.labels.size() - static_cast<std::size_t>(std::ranges::count(row.labels, -100));
}

TEST(Mqar, LabelsAreFoundByLookingBackForTheKey) {
  for (const Row& row : all_rows(*make_task("mqar"))) {
    ASSERT_EQ(row.ids.size(), 32u);
    ASSERT_EQ(asked_in(row), 8u);
    std::set<std::int64_t> asked, keys, values;
    for (std::size_t t = 0; t < 16; ++t) {
      ASSERT_TRUE(t % 2 == 0 ? is_key(row.ids[t]) : is_value(row.ids[t]));
      (t % 2 == 0 ? keys : values).insert(row.ids[t]);
      ASSERT_EQ(row.labels[t], -100);
    }
    ASSERT_EQ(keys.size(), 8u);
    ASSERT_EQ(values.size(), 8u);
    for (std::size_t t = 16; t < 32; ++t) {
      if (row.labels[t] == -100) continue;
      ASSERT_EQ(t % 2, 0u);
      asked.insert(row.ids[t]);
      std::size_t before = 15;
      while (row.ids[before] != row.ids[t]) ASSERT_GT(before--, 0u);
      ASSERT_EQ(before % 2, 0u);
      ASSERT_EQ(row.labels[t], row.ids[before + 1]);
    }
    ASSERT_EQ(asked, keys);
  }
}

// With room for 40 gaps and one key the gap's law is p itself; the second of two keys follows p without the
// first.
TEST(Mqar, GapsFollowThePowerLaw) {
  constexpr std::int64_t slots = 40;
  Ids first(slots), second(slots);
  std::int64_t n = 0;
  for (const Row& row : learned_rows(*make_task("mqar:N=2,T=84"), 400)) {
    for (std::int64_t gap = 0; gap < slots; ++gap) {
      const auto t = static_cast<std::size_t>(4 + 2 * gap);
      if (row.labels[t] < 0) continue;
      ++(row.ids[t] == row.ids[0] ? first : second)[static_cast<std::size_t>(gap)];
    }
    ++n;
  }
  std::vector<double> p(slots);
  double sum = 0;
  for (std::size_t i = 0; i < slots; ++i) sum += p[i] = 0.01 * std::pow(static_cast<double>(i + 1), 0.01 - 1);
  for (double& x : p) x /= sum;
  for (std::size_t i = 0; i < slots; ++i) {
    EXPECT_TRUE(is_plausible(first[i], n, p[i])) << i << ": " << first[i] << " of " << n;
    double after = 0;
    for (std::size_t j = 0; j < slots; ++j) after += j == i ? 0 : p[j] * p[i] / (1 - p[j]);
    EXPECT_TRUE(is_plausible(second[i], n, after)) << i << ": " << second[i] << " of " << n;
  }
}

// Of 31 keys at each of 8 places, of 32 values there, of 64 ids where a filler is.
TEST(Mqar, KeysValuesAndFillersAreUniform) {
  std::map<std::pair<std::size_t, std::int64_t>, std::int64_t> counts;
  std::map<std::int64_t, std::int64_t> fillers;
  std::int64_t n = 0, filler_count = 0;
  for (const Row& row : learned_rows(*make_task("mqar"), 200)) {
    ++n;
    for (std::size_t t = 0; t < 16; ++t) ++counts[{t, row.ids[t]}];
    for (std::size_t t = 17; t < 32; t += 2) ++fillers[row.ids[t]], ++filler_count;
  }
  EXPECT_EQ(counts.size(), 8u * 31 + 8u * 32);
  for (const auto& [place, count] : counts) {
    EXPECT_TRUE(is_plausible(count, n, place.first % 2 == 0 ? 1.0 / 31 : 1.0 / 32))
        << place.first << ": " << count;
  }
  EXPECT_EQ(fillers.size(), 64u);
  for (const auto& [id, count] : fillers) EXPECT_TRUE(is_plausible(count, filler_count, 1.0 / 64)) << id;
}

TEST(Cmqar, NeitherKeyAloneHasTheValue) {
  std::int64_t same_first = 0, n = 0;
  for (const Row& row : all_rows(*make_task("cmqar"))) {
    ASSERT_EQ(row.ids.size(), 54u);
    ASSERT_EQ(asked_in(row), 9u);
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> grid;
    std::map<std::int64_t, int> firsts, seconds;
    std::set<std::int64_t> values;
    for (std::size_t t = 0; t < 27; t += 3) {
      ASSERT_TRUE(1 <= row.ids[t] && row.ids[t] < 32 && 32 <= row.ids[t + 1] && row.ids[t + 1] < 64 &&
                  64 <= row.ids[t + 2] && row.ids[t + 2] < 96);
      grid[{row.ids[t], row.ids[t + 1]}] = row.ids[t + 2];
      ++firsts[row.ids[t]];
      ++seconds[row.ids[t + 1]];
      values.insert(row.ids[t + 2]);
    }
    ASSERT_EQ(grid.size(), 9u);
    ASSERT_EQ(values.size(), 9u);
    ASSERT_EQ(firsts.size(), 3u);
    ASSERT_EQ(seconds.size(), 3u);
    std::set<std::pair<std::int64_t, std::int64_t>> asked;
    for (std::size_t t = 0; t < row.ids.size(); ++t) {
      if (row.labels[t] == -100) continue;
      ASSERT_GE(t, 28u);
      ASSERT_EQ(row.labels[t], grid.at({row.ids[t - 1], row.ids[t]}));
      asked.insert({row.ids[t - 1], row.ids[t]});
    }
    ASSERT_EQ(asked.size(), 9u);
    for (std::size_t t = 29; t < 54; t += 3)
      ASSERT_GE(row.ids[t], 64) << "a filler could re-assign a pair of keys";
    ++n;
    same_first += row.ids[0] == row.ids[3] ? 1 : 0;
  }
  EXPECT_TRUE(is_plausible(same_first, n, 2.0 / 8))
      << "2 of the other 8 pairs have the first pair's first key";
}

TEST(Omqar, TheLastValueWins) {
  std::int64_t updated = 0, later_first = 0, n = 0;
  for (const Row& row : all_rows(*make_task("omqar"))) {
    ASSERT_EQ(row.ids.size(), 40u);
    ASSERT_EQ(asked_in(row), 8u);
    std::set<std::int64_t> asked, values;
    int of_updated = 0;
    for (std::size_t t = 1; t < 24; t += 2) values.insert(row.ids[t]);
    ASSERT_EQ(values.size(), 12u);
    for (std::size_t t = 24; t < 40; ++t) {
      if (row.labels[t] == -100) {
        ASSERT_TRUE(is_value(row.ids[t])) << "a filler could re-assign a key";
        continue;
      }
      asked.insert(row.ids[t]);
      Ids said;  // latest first
      for (std::size_t before = 24; before >= 2; before -= 2) {
        if (row.ids[before - 2] == row.ids[t]) said.push_back(row.ids[before - 1]);
      }
      ASSERT_TRUE(said.size() == 1 || said.size() == 2);
      ASSERT_EQ(row.labels[t], said.front());
      ASSERT_EQ(row.groups[t], said.size() == 2 ? 1 : 0);
      of_updated += row.groups[t];
    }
    ASSERT_EQ(asked.size(), 8u);
    ASSERT_EQ(of_updated, 4);
    updated += of_updated;
    // Where the pairs of updated keys stand says nothing: the first pair belongs to one in 8 of 12 rows.
    ++n;
    later_first += std::ranges::count(row.ids.begin(), row.ids.begin() + 24, row.ids[0]) == 2 ? 1 : 0;
  }
  EXPECT_EQ(2 * updated, 8 * n);
  EXPECT_TRUE(is_plausible(later_first, n, 8.0 / 12));
  EXPECT_EQ(make_task("omqar")->groups(), (std::vector<std::string>{"kept", "updated"}));
}

TEST(Hop, AnswersAreFoundByFollowingTheLinks) {
  std::int64_t linked = 0, n = 0;
  struct Case {
    const char* specification;
    std::size_t p, chains, tokens;
  };
  for (const Case& c :
       {Case{"hop", 2, 4, 48}, Case{"hop:p=1", 1, 4, 24}, Case{"hop:p=3,chains=5", 3, 5, 90}}) {
    for (const Row& row : learned_rows(*make_task(c.specification))) {
      ASSERT_EQ(row.ids.size(), c.tokens);
      ASSERT_EQ(asked_in(row), c.chains);
      std::map<std::int64_t, std::int64_t> next;
      const std::size_t context = 2 * c.p * c.chains;
      for (std::size_t t = 0; t < context; t += 2)
        ASSERT_TRUE(next.emplace(row.ids[t], row.ids[t + 1]).second);
      std::set<std::int64_t> answers;
      for (std::size_t t = 0; t < row.ids.size(); ++t) {
        ASSERT_TRUE(t < context || is_key(row.ids[t]) == (row.labels[t] != -100))
            << "a filler could be a link";
        if (row.labels[t] == -100) continue;
        ASSERT_EQ(row.ids[t - 1], 64);
        std::int64_t at = row.ids[t];
        for (std::size_t hop = 0; hop < c.p; ++hop) at = next.at(at);
        ASSERT_EQ(row.labels[t], at);
        ASSERT_TRUE(is_value(at));
        ASSERT_FALSE(next.contains(at));
        answers.insert(at);
      }
      ASSERT_EQ(answers.size(), c.chains);
      n += c.p == 2 ? 1 : 0;
      linked += c.p == 2 && row.ids[1] == row.ids[2] ? 1 : 0;
    }
  }
  EXPECT_TRUE(is_plausible(linked, n, 1.0 / 14))
      << "of 8 x 7 pairs in front 4 are a chain: they are shuffled";
}

}  // namespace
}  // namespace sca::experiments::ablation
