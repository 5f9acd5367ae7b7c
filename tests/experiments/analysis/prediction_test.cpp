#include "experiments/analysis/prediction.hpp"

#include <gtest/gtest.h>

#include "experiments/analysis/capacity.hpp"
#include "tests/experiments/analysis/synthetic.hpp"

namespace sca::experiments::ablation {
namespace {

using synthetic::Json;

/// Three seeds of one architecture about a level.
void add_runs(std::vector<Json>& records, const std::string& task, const Json& model, double level,
              double spread = 0.002) {
  for (int seed = 1; seed <= 3; ++seed)
    records.push_back(synthetic::run(task, model, seed, level + spread * (seed - 2)));
}

PredictionResult decided(const std::vector<Json>& records, const std::string& id) {
  Questions asked = synthetic::asked();
  asked.tasks = {"mqar", "mqar:N=4", "group:G=Z2", "bytes", "stat"};
  for (const PredictionResult& result : predictions(analysed(asked, records))) {
    if (result.prediction.id == id) return result;
  }
  return {};
}

std::string states(const PredictionResult& result) {
  std::string text;
  for (const PredictionPart& part : result.parts) text += "hfo-"[static_cast<std::size_t>(part.state)];
  return text;
}

Json sca(int M, double theta_max = 3) { return {{"ratio", "inf"}, {"M", M}, {"theta_max", theta_max}}; }

TEST(Predictions, OfNoRecordsNoneIsTested) {
  for (const PredictionResult& result : predictions(analysed(synthetic::asked(), {})))
    EXPECT_EQ(result.outcome(), "not tested") << result.prediction.id;
}

TEST(Predictions, TheOrderOfM) {
  std::vector<Json> records;
  add_runs(records, "mqar:N=4", sca(1), 0.96);
  // Whatever the seeds do, they do it to both: no M = 1 run is below its partner by a point.
  add_runs(records, "mqar:N=4", sca(2), 0.93);
  EXPECT_EQ(states(decided(records, "P3")), "h---");
  EXPECT_EQ(decided(records, "P3").outcome(), "supported");
  add_runs(records, "mqar:N=4", sca(4), 0.94);
  EXPECT_EQ(states(decided(records, "P3")), "hf--");
  EXPECT_EQ(decided(records, "P3").outcome(), "mixed");
  add_runs(records, "mqar:N=4", sca(4, 12), 0.95);
  EXPECT_EQ(states(decided(records, "P3")), "hf-h");
}

TEST(Predictions, WhatOnlyFailsIsNotSupportedAndWhatIsOpenIsMixed) {
  std::vector<Json> records;
  add_runs(records, "mqar:N=4", sca(1), 0.5);
  add_runs(records, "mqar:N=4", sca(2), 0.9);
  EXPECT_EQ(states(decided(records, "P3")), "f---");
  EXPECT_EQ(decided(records, "P3").outcome(), "not supported");
  records.clear();
  add_runs(records, "mqar:N=4", sca(2), 0.9, 0.1);
  add_runs(records, "mqar:N=4", sca(4), 0.9, -0.1);
  EXPECT_EQ(states(decided(records, "P3")), "-o--");
  EXPECT_EQ(decided(records, "P3").outcome(), "mixed");
}

TEST(Predictions, WhatLearnedNothingTestsNothing) {
  std::vector<Json> records;
  add_runs(records, "mqar:N=4", sca(1), 0.04, 0.001);
  add_runs(records, "mqar:N=4", sca(2), 0.03, 0.002);
  EXPECT_EQ(decided(records, "P3").outcome(), "not tested");
}

TEST(Predictions, EverySizeIsAsked) {
  std::vector<Json> records;
  for (const int D : {64, 32}) {
    add_runs(records, "stat", {{"D", D}, {"ratio", "inf"}}, 0.6);
    add_runs(records, "stat", {{"D", D}, {"ratio", 0}}, D == 64 ? 0.7 : 0.5);
  }
  const PredictionResult result = decided(records, "P6");
  EXPECT_EQ(states(result), "hf");
  EXPECT_EQ(result.parts[1].claim, "D = 64, 12 blocks: stat: all SCA no worse than all attention");
}

TEST(Predictions, NoWorseHasAMargin) {
  std::vector<Json> records;
  add_runs(records, "stat", {{"ratio", "inf"}}, 0.495);
  add_runs(records, "stat", {{"ratio", 0}}, 0.5);
  EXPECT_EQ(decided(records, "P6").outcome(), "supported");
  records.clear();
  add_runs(records, "stat", {{"ratio", "inf"}}, 0.48);
  add_runs(records, "stat", {{"ratio", 0}}, 0.5);
  EXPECT_EQ(decided(records, "P6").outcome(), "not supported");
}

/// Parity: right up to `known` of every length, guessing beyond.
Json parity(double known, int seed) {
  Json record = synthetic::run("group:G=Z2", {{"ratio", 2}}, seed, 0.7);
  record["groups"] = Json::array();
  for (const double T : {32.0, 64.0, 128.0}) {
    const double right = std::min(known, T) / T;
    record["groups"].push_back(
        {{"name", fmt::format("T={:g}", T)}, {"count", 4096}, {"value", right + (1 - right) / 2}});
  }
  return record;
}

TEST(Predictions, ParityBeyondTheTrainingLengthIsWithoutThePositionsWithin) {
  // Right within, guessing beyond: 0.625 over all positions of 128, and yet at chance beyond 32.
  EXPECT_EQ(decided({parity(32, 1), parity(32, 2)}, "P4").outcome(), "supported");
  EXPECT_EQ(decided({parity(64, 1), parity(64, 2)}, "P4").outcome(), "not supported");
  // A model that never learned it tests nothing.
  EXPECT_EQ(decided({parity(4, 1), parity(4, 2)}, "P4").outcome(), "not tested");
}

TEST(Predictions, AStepIsNoSlope) {
  std::vector<Json> records;
  add_runs(records, "mqar", {{"ratio", 1}}, 0.95);
  add_runs(records, "mqar", {{"ratio", 2}}, 0.951, 0.003);
  add_runs(records, "mqar", {{"ratio", 3}}, 0.949);
  add_runs(records, "mqar", {{"ratio", "inf"}}, 0.4);
  add_runs(records, "bytes", {{"ratio", 2}}, 2.4);
  add_runs(records, "bytes", {{"ratio", "inf"}}, 2.401, 0.004);
  const PredictionResult step = decided(records, "P5");
  EXPECT_EQ(step.outcome(), "supported") << states(step);
  add_runs(records, "bytes", {{"ratio", 1}}, 2.2, 0.003);
  EXPECT_EQ(decided(records, "P5").outcome(), "mixed");
}

TEST(Predictions, BitsAreBetterWhenLower) {
  std::vector<Json> records;
  add_runs(records, "bytes", {{"ratio", 1}}, 2.2);
  add_runs(records, "bytes", {{"ratio", 2}}, 2.4, 0.003);
  const auto analysis = analysed(synthetic::asked(), records);
  const Comparison& comparison = analysis.results[0].comparisons.at(0);
  EXPECT_EQ(better("1:1 is better", &comparison).state, PredictionPart::State::holds);
}

TEST(Capacity, FallsThroughOneHalfBetweenNeighbours) {
  std::vector<Json> records;
  const double chance = 1.0 / 32;
  const auto accuracy = [&](double recall) { return chance + (1 - chance) * recall; };
  for (const auto& [task, recall] : {std::pair{"mqar:N=4", 1.0}, {"mqar:N=8", 0.75}, {"mqar:N=16", 0.25}})
    add_runs(records, task, sca(2), accuracy(recall), 0);
  const auto curves = capacity_curves(analysed(synthetic::asked(), records));
  ASSERT_EQ(curves.size(), 1U);
  ASSERT_TRUE(curves[0].n50.has_value());
  EXPECT_NEAR(*curves[0].n50, std::sqrt(8.0 * 16.0), 1e-9);  // half-way in log N
  EXPECT_EQ(curves[0].state(), 2 * 4 * 8 * 2);
  // 11.3 of 128 is 0.088: below the predicted share.
  EXPECT_EQ(decided(records, "P1").outcome(), "not supported");
}

}  // namespace
}  // namespace sca::experiments::ablation
