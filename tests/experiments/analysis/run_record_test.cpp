#include "experiments/analysis/run_record.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/input/error.hpp"
#include "tests/experiments/analysis/synthetic.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::InputError;
using synthetic::Json;

/// The message of what reading these throws.
std::string refusal(const std::vector<Json>& records) {
  try {
    run_records(records);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(RunRecords, HoldWhatTheReportReads) {
  Json record = synthetic::run("mqar", {{"ratio", 3}, {"M", 4}}, 7, 0.5);
  record["kind"] = "run";
  const auto runs = run_records({{{"kind", "plan"}}, record, {{"provenance", {}}}});
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].task, "mqar");
  EXPECT_EQ(runs[0].spec.M, 4);
  EXPECT_EQ(runs[0].seed, 7U);
  EXPECT_EQ(runs[0].split, Split::report);
  EXPECT_EQ(runs[0].value, 0.5);
  EXPECT_EQ(runs[0].curve.size(), 12U);
  EXPECT_EQ(runs[0].curve[0].step, 50);
}

TEST(RunRecords, OneThatDivergedIsWorthGuessing) {
  const auto runs = run_records({synthetic::diverged(synthetic::run("mqar", {}, 1, 0.9), 120)});
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_FALSE(runs[0].value.has_value());
  EXPECT_EQ(runs[0].score(), 1.0 / 32);
  EXPECT_EQ(runs[0].diverged_at, 120);
  EXPECT_EQ(runs[0].curve.size(), 1U);
}

TEST(RunRecords, AnIdCountsOnceInWhateverOrder) {
  auto records = synthetic::smoke();
  const auto once = run_records(records);
  EXPECT_EQ(once.size(), records.size());
  Json again = records[3];
  again["seconds"] = 1;  // another machine took less time
  records.push_back(again);
  std::ranges::reverse(records);
  const auto twice = run_records(records);
  std::ranges::reverse(records);
  const auto straight = run_records(records);
  ASSERT_EQ(twice.size(), once.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(twice[i].id, once[i].id);
    EXPECT_EQ(twice[i].seconds, straight[i].seconds);
  }
}

TEST(RunRecords, TwoOfOneIdMustAgree) {
  Json one = synthetic::run("mqar", {}, 1, 0.9);
  Json other = one;
  other["value"] = 0.91;
  EXPECT_NE(refusal({one, other}).find("value"), std::string::npos) << refusal({one, other});
  other = one;
  other["curve"][2][2] = 0.123;
  EXPECT_NE(refusal({one, other}).find("curve"), std::string::npos);
}

TEST(RunRecords, TwoRunsOfOneSeedAreRefused) {
  Json one = synthetic::run("mqar", {}, 1, 0.9);
  Json other = one;
  other["id"] = "another";
  EXPECT_NE(refusal({one, other}).find("seed 1"), std::string::npos) << refusal({one, other});
}

TEST(RunRecords, FieldsThatAreMissingOrOfAnotherKindAreNamed) {
  for (const char* field : {"task", "rate", "seed", "steps", "split", "metric", "chance", "status", "value",
                            "groups", "curve", "parameters", "state_bytes", "sources"}) {
    Json record = synthetic::run("mqar", {}, 1, 0.9);
    record.erase(field);
    EXPECT_NE(refusal({record}).find(field), std::string::npos) << field << ": " << refusal({record});
  }
  Json record = synthetic::run("mqar", {}, 1, 0.9);
  record["split"] = "both";
  EXPECT_NE(refusal({record}).find("selection or report"), std::string::npos) << refusal({record});
  record = synthetic::run("mqar", {}, 1, 0.9);
  record["curve"][0] = 3;
  EXPECT_NE(refusal({record}).find("curve"), std::string::npos);
}

}  // namespace
}  // namespace sca::experiments::ablation
