#include "evidence/judge/judge.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "evidence/judge/print.hpp"
#include "tests/about_numbers.hpp"
#include "tests/evidence/judged.hpp"

namespace sca::evidence::judge {
namespace {

using namespace test;

/// Every result with one number moved by 2.1 times the tensor's reported bound fails there.
void expect_found(const std::string& name) {
  const Dump dump = read_golden(name);
  const Report report = judge_dump(dump, {});
  ASSERT_FALSE(report.any(Verdict::fail)) << to_text(report, false);
  Dump changed = dump;
  std::map<std::string, std::size_t> where;
  for (const Judgement& one : report.judgements) {
    if (one.verdict != Verdict::pass || one.bound == 0) continue;
    std::vector<double>& values = changed.tensors.at(one.tensor).values;
    const std::size_t i = values.size() * 2 / 3;
    const double sign = values[i] < 0 ? -1 : 1;
    values[i] += sign * 2.1 * one.bound;
    where[one.tensor] = i;
  }
  const Report after = judge_dump(changed, {});
  for (const auto& [tensor, i] : where) {
    EXPECT_EQ(of(after, tensor).verdict, Verdict::fail) << tensor;
    EXPECT_EQ(of(after, tensor).worst, i) << tensor;
    EXPECT_EQ(of(after, tensor).got, changed.tensors.at(tensor).values[i]) << tensor;
  }
  EXPECT_GE(where.size(), 18u);
  EXPECT_TRUE(after.diagnosis);
}

TEST(Judge, OneNumberChangedByTwoBoundsIsFoundInALayer) { expect_found("sca_05"); }
TEST(Judge, OneNumberChangedByTwoBoundsIsFoundInABlock) { expect_found("block_02"); }
TEST(Judge, OneNumberChangedByTwoBoundsIsFoundInATransformerBlock) { expect_found("tblock_00"); }

TEST(Judge, NoNumberNeverPasses) {
  for (const double wrong :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Dump dump = read_golden("sca_00");
    dump.tensors.at("out").values.at(3) = wrong;
    dump.tensors.at("gx").values.at(0) = -wrong;
    for (const bool against_double : {false, true}) {
      const Report report = judge_dump(dump, {.against_double = against_double});
      EXPECT_EQ(of(report, "out").verdict, Verdict::fail);
      EXPECT_EQ(of(report, "out").worst, 3u);
      EXPECT_EQ(of(report, "gx").verdict, Verdict::fail);
      EXPECT_EQ(of(report, "step_out").verdict, Verdict::pass);
    }
  }
}

TEST(Judge, OurOwnFloat64EvaluationPassesToo) {
  for (const char* name : {"sca_03", "block_02", "tblock_mask"}) {
    const Report report = judge_dump(read_golden(name), {.against_double = true});
    EXPECT_FALSE(report.any(Verdict::fail)) << to_text(report, false);
    EXPECT_FALSE(report.any(Verdict::vacuous)) << to_text(report, false);
  }
}

TEST(Judge, NamesAndDtypesStateThePrecision) {
  std::map<std::string, Array> tensors;
  const Dump sca = read_golden("sca_00");
  for (const auto& [name, array] : sca.tensors) {
    if (name == "cfg" || name == "x" || name.starts_with("p.") || name == "out") tensors.emplace(name, array);
  }
  const Array exact = tensors.at("out");
  Array bits = exact;
  bits.dtype = "<u2";
  for (double& value : bits.values) {  // bfloat16: the upper half, rounded to nearest
    const auto whole = std::bit_cast<std::uint32_t>(static_cast<float>(value));
    value = static_cast<double>((whole + 0x7FFFU + ((whole >> 16U) & 1U)) >> 16U);
  }
  tensors["out_bf16"] = bits;
  const Report report = judge_dump(to_dump("precisions.npz", tensors), {});
  EXPECT_EQ(of(report, "out").precision, "f64");
  EXPECT_EQ(of(report, "out_bf16").precision, "f32>bf16");
  EXPECT_EQ(of(report, "out_bf16").verdict, Verdict::pass);
  EXPECT_GT(of(report, "out_bf16").clearance, 0.1);  // half a unit of 8 bits is most of the bound

  bits.values.at(5) += 2;  // two units
  tensors["out_bf16"] = bits;
  EXPECT_EQ(of(judge_dump(to_dump("precisions.npz", tensors), {}), "out_bf16").verdict, Verdict::fail);
}

TEST(Judge, ABoundAboveTheResultIsVacuousNotAPass) {
  SCA_ABOUT_NUMBERS();
  Dump dump = read_golden("sca_05");
  std::erase_if(dump.tensors, [](const auto& tensor) { return tensor.first.starts_with("i."); });
  const Report report = judge_dump(dump, {.arithmetic = precision("bf16")});
  EXPECT_EQ(of(report, "out").verdict, Verdict::vacuous);
  for (double& value : dump.tensors.at("out").values) value = 0;
  EXPECT_EQ(of(judge_dump(dump, {.arithmetic = precision("bf16")}), "out").verdict, Verdict::vacuous);
  EXPECT_EQ(of(judge_dump(dump, {}), "out").verdict, Verdict::fail);
}

// Results 1, 1, 1 with the given bounds.
Judgement judge_ones(const std::vector<double>& bounds, double got) {
  reference::Tensor<reference::Bounded> exact{{bounds.size()}, {}};
  for (const double bound : bounds)
    exact.data.push_back(reference::Bounded::within(reference::Ball::exact(1), bound));
  return judge({exact}, std::vector<double>(bounds.size(), got), *precision("f32"), nullptr);
}

TEST(Judge, WhereZeroWouldPassForMostEntriesTheTensorIsVacuous) {
  const Judgement half = judge_ones({2, 0.25, 0.25, 1}, 1.125);
  EXPECT_EQ(half.verdict, Verdict::pass);
  EXPECT_EQ(half.blind, 2U);
  EXPECT_EQ(half.informative_share(), 0.5);
  const Judgement most = judge_ones({2, 0.25, 3, 1}, 1.125);
  EXPECT_EQ(most.verdict, Verdict::vacuous);
  EXPECT_EQ(most.informative_share(), 0.25);
  EXPECT_EQ(judge_ones({2, 0.25, 3, 1}, 1.5).verdict, Verdict::fail) << "what is wrong is wrong";
  const Judgement all = judge_ones({2, 2}, 1);
  EXPECT_EQ(all.verdict, Verdict::vacuous);
  EXPECT_EQ(all.informative_share(), 0);
}

// Clamps at whose edges a coarse arithmetic may come out on either side.
TEST(Judge, ComparisonsThatRoundingMayTurnAreCounted) {
  const Dump dump = read_golden("sca_05");
  const Report fine = judge_dump(dump, {});
  const Report coarse = judge_dump(dump, {.arithmetic = precision("bf16")});
  EXPECT_EQ(fine.kinks.at("f64"), 0U);
  EXPECT_EQ(to_text(fine, false).find("kinks"), std::string::npos);
  EXPECT_GT(coarse.kinks.at("bf16"), 0U);
  EXPECT_NE(to_text(coarse, false).find(" in bf16 that rounding may turn"), std::string::npos);
  EXPECT_EQ(to_records(coarse).back()["kinks"]["bf16"], coarse.kinks.at("bf16"));
}

// A zero that is exact (one token, no clamp: R/Z does not depend on alpha) is no vacuous bound.
TEST(Judge, AnExactZeroIsJudged) {
  Dump dump = read_golden("sca_nonuniform_L1_none");
  EXPECT_EQ(of(judge_dump(dump, {}), "g.decay_slopes").verdict, Verdict::pass);
  dump.tensors.at("g.decay_slopes").values.at(0) = 1e-9;
  EXPECT_EQ(of(judge_dump(dump, {}), "g.decay_slopes").verdict, Verdict::fail);
}

TEST(Judge, SaysWhereTheReleasedCodeDisagreesWithItself) {
  for (const char* name : {"sca_12", "block_01", "tblock_mask"})
    EXPECT_EQ(judge_dump(read_golden(name), {}).notes.size(), 1u) << name;
  EXPECT_TRUE(judge_dump(read_golden("sca_05"), {}).notes.empty());
}

}  // namespace
}  // namespace sca::evidence::judge
