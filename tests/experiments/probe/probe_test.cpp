#include "experiments/probe/probe.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/experiments/probe/made_network.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::int64_t length = 14;

/// Four pairs of a key 1 ... 4 and a value 6 ... 11, then keys again at even places, whose values are asked
/// for.
Batch recall_batch(std::int64_t B) {
  Batch batch;
  batch.B = B;
  batch.L = length;
  for (std::int64_t b = 0; b < B; ++b) {
    std::vector<std::int64_t> ids(length, 0);
    std::vector<std::int64_t> labels(length, -100);
    for (std::int64_t i = 0; i < 4; ++i) {
      const auto at = static_cast<std::size_t>(2 * i);
      ids[at] = 1 + i;
      ids[at + 1] = 6 + (b * 5 + i) % 6;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      const std::size_t pair = (static_cast<std::size_t>(b) + i) % 4;
      ids[8 + 2 * i] = ids[2 * pair];
      labels[8 + 2 * i] = ids[2 * pair + 1];
    }
    batch.ids.insert(batch.ids.end(), ids.begin(), ids.end());
    batch.labels.insert(batch.labels.end(), labels.begin(), labels.end());
  }
  return batch;
}

TEST(Probe, RecordsEveryScaLayer) {
  const MadeNetwork made("released");
  const auto records = probe(
      {made.network, made.config, made.dialect, recall_batch(8), {{"model", "m"}, {"is_trained", true}}});
  ASSERT_EQ(records.size(), 3U);
  const std::vector<int> blocks{0, 1, 3};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& record = records[i];
    EXPECT_EQ(record["kind"], "probe");
    EXPECT_EQ(record["model"], "m");
    EXPECT_EQ(record["is_trained"], true);
    EXPECT_EQ(record["layer"], blocks[i]);
    EXPECT_EQ(record["sequences"], 8);
    EXPECT_EQ(record["tokens"], length);
    EXPECT_EQ(record["identity"]["verdict"], "pass");
    EXPECT_EQ(record["retrievability"]["2KHM"], 24.0);
    EXPECT_EQ(record["retrievability"]["KM"], 4.0);
    EXPECT_EQ(record["theorem"].back()["t"], length);
    EXPECT_EQ(record["decoder"].size(), 4U);  // lags 1, 2, 4, 8
    EXPECT_EQ(record["attribution"]["sequences"], 8);
    EXPECT_EQ(record["edit"]["sequences"], 8);
    EXPECT_EQ(record["retains_retrieval"],
              record["by_theorem"].get<bool>() && record["is_causal"].get<bool>());
  }
}

TEST(Probe, GivesTheSameRecordsAgain) {
  const MadeNetwork made("paper");
  const ProbeInput input{made.network, made.config, made.dialect, recall_batch(4)};
  EXPECT_EQ(probe(input), probe(input));
}

TEST(Probe, AsksNothingWithoutLabels) {
  const MadeNetwork made("released");
  const auto records = probe({made.network, made.config, made.dialect, shuffled(recall_batch(4), 1)});
  for (const auto& record : records) {
    EXPECT_TRUE(record["attribution"].is_null());
    EXPECT_TRUE(record["edit"].is_null());
    EXPECT_EQ(record["is_causal"], false);
    EXPECT_EQ(record["retains_retrieval"], false);
  }
}

TEST(Shuffled, KeepsEverySequencesTokens) {
  const Batch before = recall_batch(6);
  const Batch after = shuffled(before, 1);
  EXPECT_NE(after.ids, before.ids);
  EXPECT_EQ(std::ranges::count(after.labels, -100), 6 * length);
  for (std::int64_t b = 0; b < 6; ++b) {
    std::vector<std::int64_t> x(before.ids.begin() + b * length, before.ids.begin() + (b + 1) * length);
    std::vector<std::int64_t> y(after.ids.begin() + b * length, after.ids.begin() + (b + 1) * length);
    EXPECT_TRUE(std::ranges::is_permutation(x, y));
  }
}

}  // namespace
}  // namespace sca::experiments::ablation
