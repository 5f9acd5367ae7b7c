// Copying, noisy recall and prefix statistics against plain readings of their definitions.

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "tests/experiments/tasks/rows.hpp"

namespace sca::experiments::ablation {
namespace {

TEST(SelectiveCopy, OutputsAreTheTokensWithoutTheBlanks) {
  constexpr std::int64_t blank = 14, copy = 15;
  std::map<std::size_t, std::int64_t> places;
  std::map<std::int64_t, std::int64_t> tokens;
  std::int64_t n = 0;
  for (const Row& row : all_rows(*make_task("selcopy"))) {
    ASSERT_EQ(row.ids.size(), 64u);
    std::vector<std::int64_t> expected(56, -100);
    for (std::size_t t = 0; t < 64; ++t) {
      ASSERT_EQ(row.ids[t] == copy, t == 55);
      if (row.ids[t] >= blank) continue;
      expected.push_back(row.ids[t]);
      ++places[t];
      ++tokens[row.ids[t]];
    }
    ASSERT_EQ(row.labels, expected);
    ++n;
  }
  EXPECT_EQ(places.size(), 55u);
  for (const auto& [place, count] : places) EXPECT_TRUE(is_plausible(count, n, 8.0 / 55)) << place;
  EXPECT_EQ(tokens.size(), 14u);
  for (const auto& [token, count] : tokens) EXPECT_TRUE(is_plausible(count, 8 * n, 1.0 / 14)) << token;
}

TEST(NoisyRecall, AsksWhereverTheKeyStoodBefore) {
  std::int64_t noise = 0, n = 0;
  for (const Row& row : all_rows(*make_task("noisy"))) {
    ASSERT_EQ(row.ids.size(), 64u);
    for (std::size_t t = 0; t < 64; t += 2) {
      const std::int64_t a = row.ids[t], b = row.ids[t + 1];
      ASSERT_EQ(row.labels[t + 1], -100);
      if (a >= 32) {
        ++noise;
        ASSERT_TRUE(b >= 32 && b < 48 && a < 48 && t < 62);
        ASSERT_EQ(row.labels[t], -100);
        continue;
      }
      ASSERT_TRUE(a < 16 && 16 <= b && b < 32);
      std::optional<std::int64_t> before;
      for (std::size_t s = 0; s < t; s += 2) {
        if (row.ids[s] == a) before = row.ids[s + 1];
      }
      ASSERT_EQ(row.labels[t], before.value_or(-100));
      ASSERT_EQ(before.value_or(b), b);
    }
    ASSERT_GE(row.labels[62], 0) << "the last pair repeats a key";
    ++n;
  }
  EXPECT_TRUE(is_plausible(noise, 30 * n, 0.4)) << "one pair of the first 31 is never noise";
}

TEST(NoisyRecall, KnowsOtherShares) {
  for (const Row& row : learned_rows(*make_task("noisy:noise=0"), 2)) {
    ASSERT_TRUE(std::ranges::all_of(row.ids, [](std::int64_t id) { return id < 32; }));
  }
  std::int64_t noise = 0, n = 0;
  for (const Row& row : learned_rows(*make_task("noisy:noise=0.8"))) {
    for (std::size_t t = 0; t < 62; t += 2) noise += row.ids[t] >= 32 ? 1 : 0;
    ++n;
  }
  EXPECT_TRUE(is_plausible(noise, 30 * n, 0.8));
}

std::int64_t plain_mode(std::span<const std::int64_t> prefix) {
  std::int64_t best = 0;
  for (std::int64_t id = 15; id >= 0; --id) {
    if (std::ranges::count(prefix, id) >= std::ranges::count(prefix, best)) best = id;
  }
  return best;
}

// The id with the smallest distance to the mean, the larger of two: |n id - sum|, without a division.
std::int64_t plain_mean(std::span<const std::int64_t> prefix) {
  std::int64_t sum = 0, best = 0;
  for (const std::int64_t id : prefix) sum += id;
  const auto distance = [&](std::int64_t id) { return std::abs(std::ssize(prefix) * id - sum); };
  for (std::int64_t id = 0; id < 16; ++id) {
    if (distance(id) <= distance(best)) best = id;
  }
  return best;
}

TEST(PrefixStatistic, IsThatOfThePrefix) {
  std::int64_t means = 0, n = 0;
  for (const Row& row : all_rows(*make_task("stat"))) {
    ASSERT_EQ(row.ids.size(), 64u);
    ASSERT_TRUE(row.ids[0] == 16 || row.ids[0] == 17);
    ASSERT_EQ(row.labels[0], -100);
    const bool is_mean = row.ids[0] == 17;
    for (std::size_t t = 1; t < 64; ++t) {
      ASSERT_TRUE(0 <= row.ids[t] && row.ids[t] < 16);
      const auto prefix = std::span(row.ids).subspan(1, t);
      ASSERT_EQ(row.labels[t], is_mean ? plain_mean(prefix) : plain_mode(prefix));
      ASSERT_EQ(row.groups[t], is_mean ? 1 : 0);
    }
    means += is_mean ? 1 : 0;
    ++n;
  }
  EXPECT_TRUE(is_plausible(means, n, 0.5));
}

// Under a uniform prior on the simplex the (n + 1)-st of n equal tokens is the same again with probability
// (n + 1)/(n + V): Laplace's rule.
TEST(PrefixStatistic, SourcesAreUniformOnTheSimplex) {
  std::map<std::size_t, std::int64_t> equal, again;
  for (const Row& row : learned_rows(*make_task("stat:V=4"), 200)) {
    for (std::size_t n = 1; n < 8; ++n) {
      if (row.ids[n] != row.ids[1]) break;
      ++equal[n];
      again[n] += row.ids[n + 1] == row.ids[1] ? 1 : 0;
    }
  }
  for (std::size_t n = 1; n < 8; ++n) {
    EXPECT_TRUE(is_plausible(again[n], equal[n], (static_cast<double>(n) + 1) / (static_cast<double>(n) + 4)))
        << n << ": " << again[n] << " of " << equal[n];
  }
}

}  // namespace
}  // namespace sca::experiments::ablation
