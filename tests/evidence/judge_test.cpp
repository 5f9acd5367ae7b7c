#include "evidence/judge/judge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "evidence/input/npz.hpp"
#include "evidence/judge/print.hpp"
#include "evidence/judge/results.hpp"
#include "reference/model.hpp"

namespace sca::evidence::judge {
namespace {

using reference::Dialect;

const std::string golden = SCA_SOURCE_DIR "/tests/data/golden/";

Dump read_golden(const std::string& name) { return read_dump(golden + name + ".npz"); }

const Judgement& of(const Report& report, const std::string& tensor) {
  const auto found = std::ranges::find(report.judgements, tensor, &Judgement::tensor);
  EXPECT_NE(found, report.judgements.end()) << tensor;
  return *found;
}

std::string refusal(std::map<std::string, Array> tensors) {
  try {
    to_dump("case.npz", std::move(tensors));
  } catch (const InputError& error) {
    return error.what();
  }
  return "taken";
}

// ---- what is wrong is found, and where

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

// ---- the first step at which the two part

/// A dump of what the reference computes in float64 as `computed`, of sca_05's inputs.
Dump dump_of(const Dialect& computed, bool with_intermediates) {
  Dump dump = read_golden("sca_05");
  const auto tensor = [&](const std::string& name) {
    return reference::Tensor<double>{dump.tensors.at(name).shape, dump.tensors.at(name).values};
  };
  const auto source = [&](const std::string& name, const reference::Shape&) { return tensor("p." + name); };
  const auto layer =
      make_layer(dump.layer, computed, reference::read_layer_parameters<double>(dump.layer, source));
  const auto trace = forward(layer, tensor("x"));
  std::map<std::string, Array> tensors;
  for (const auto& [name, array] : dump.tensors) {
    if (name == "cfg" || name == "x" || name.starts_with("p.")) tensors.emplace(name, array);
  }
  const auto put = [&](const std::string& name, const reference::Tensor<double>& values) {
    tensors[name] = {values.shape, values.data, "<f8"};
  };
  put("out", trace.out);
  if (with_intermediates) {
    visit_intermediates(trace,
                        [&](const char* name, const auto& values) { put(std::string("i.") + name, values); });
    put("i.theta", layer.grid.theta);
    put("i.w_int", layer.grid.omega);
  }
  return to_dump("own.npz", std::move(tensors));
}

struct Otherwise {
  const char* step;
  void (*change)(Dialect&);
};

const std::vector<Otherwise> choices{
    {"Step 3", [](Dialect& d) { d.theta = Dialect::Theta::direct; }},
    {"Step 5", [](Dialect& d) { d.omega = Dialect::Omega::direct; }},
    {"Step 5", [](Dialect& d) { d.readout_over_root_h = false; }},
    {"Step 6", [](Dialect& d) { d.gate = Dialect::Gate::after_norm; }},
    {"Step 6", [](Dialect& d) { d.readout = Dialect::Readout::silu; }},
    {"Step 6", [](Dialect& d) { d.norm_epsilon = 1e-5; }},
};

Diagnosis diagnosis_of(const Otherwise& one, bool with_intermediates) {
  Dialect dialect = Dialect::released();
  one.change(dialect);
  const Report report = judge_dump(dump_of(dialect, with_intermediates), {});
  EXPECT_TRUE(report.diagnosis) << one.step;
  return report.diagnosis.value_or(Diagnosis{});
}

TEST(Judge, NamesTheStepThatWasDoneOtherwise) {
  for (const Otherwise& one : choices) EXPECT_EQ(diagnosis_of(one, true).step.substr(0, 6), one.step);
  const Otherwise clamp{"Step 2", [](Dialect& d) { d.weight_clamp = Dialect::Range{0.25, 5000}; }};
  EXPECT_EQ(diagnosis_of(clamp, true).step.substr(0, 6), clamp.step);
}

// From `out` alone: the reference is recomputed with each choice changed.
TEST(Judge, NamesTheChoiceFromTheOutputAlone) {
  for (const Otherwise& one : choices) {
    const Diagnosis found = diagnosis_of(one, false);
    EXPECT_EQ(found.step.substr(0, 6), one.step);
    EXPECT_NE(found.reason.find(" if "), std::string::npos) << found.reason;
  }
}

TEST(Judge, SaysWhatToDumpWhereNothingExplainsTheOutput) {
  Dump dump = dump_of(Dialect::released(), false);
  dump.tensors.at("out").values.at(40) += 1;
  const Report report = judge_dump(dump, {});
  ASSERT_TRUE(report.diagnosis);
  EXPECT_EQ(report.diagnosis->step, "unknown");
  EXPECT_NE(report.diagnosis->reason.find("i.z_act"), std::string::npos) << report.diagnosis->reason;
  EXPECT_EQ(of(report, "out").index, index_of(40, dump.tensors.at("out").shape));
}

TEST(Judge, ThePaperDialectIsAnother) {
  EXPECT_FALSE(judge_dump(dump_of(Dialect::paper(), true), {.dialect = Dialect::paper()}).any(Verdict::fail));
  EXPECT_TRUE(judge_dump(dump_of(Dialect::paper(), true), {}).any(Verdict::fail));
}

// ---- precisions

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
  Dump dump = read_golden("sca_05");
  std::erase_if(dump.tensors, [](const auto& tensor) { return tensor.first.starts_with("i."); });
  const Report report = judge_dump(dump, {.arithmetic = precision("bf16")});
  EXPECT_EQ(of(report, "out").verdict, Verdict::vacuous);
  for (double& value : dump.tensors.at("out").values) value = 0;
  EXPECT_EQ(of(judge_dump(dump, {.arithmetic = precision("bf16")}), "out").verdict, Verdict::vacuous);
  EXPECT_EQ(of(judge_dump(dump, {}), "out").verdict, Verdict::fail);
}

// Half a layer that is judged from its own intermediates is judged more tightly.
TEST(Judge, StagesAreJudgedFromTheFilesOwnWhereTheWholeSaysNothing) {
  const Report report = judge_dump(read_golden("sca_05"), {.arithmetic = precision("bf16")});
  const Judgement& out = of(report, "i.y_act");
  EXPECT_EQ(out.note, "from the file's own intermediates");
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

// ---- a model, block by block from its own residual stream

TEST(Judge, AModelIsJudgedBlockByBlock) {
  const Dump whole = read_golden("model_00");
  const auto reference_model = [&] {
    const auto source = [&](const std::string& name, const reference::Shape&) {
      const Array& array = whole.tensors.at("p." + name);
      return reference::Tensor<double>{array.shape, array.values};
    };
    return reference::read_model<double>(whole.model, Dialect::released(), source);
  };
  const auto trace =
      forward(reference_model(), reference::Ids{{whole.B, whole.L}, counts("", "", whole.tensors.at("ids"))});
  std::map<std::string, Array> tensors;
  for (const auto& [name, array] : whole.tensors) {
    if (name == "cfg" || name == "ids" || name.starts_with("p.")) tensors.emplace(name, array);
  }
  Array hidden{{trace.hidden.size(), whole.B, whole.L, whole.model.D()}, {}, "<f8"};
  for (const auto& one : trace.hidden)
    hidden.values.insert(hidden.values.end(), one.data.begin(), one.data.end());
  tensors["i.hidden"] = hidden;
  tensors["logits"] = {trace.logits.shape, trace.logits.data, "<f8"};
  const Report report = judge_dump(to_dump("model.npz", tensors), {});
  EXPECT_EQ(of(report, "logits").verdict, Verdict::pass);
  EXPECT_EQ(of(report, "i.hidden").verdict, Verdict::pass);
  EXPECT_LT(of(report, "logits").relative_bound, 1e-12);

  tensors.at("i.hidden").values.at(2 * whole.B * whole.L * whole.model.D() + 17) += 1e-6;  // after block 1
  const Report changed = judge_dump(to_dump("model.npz", tensors), {});
  ASSERT_TRUE(changed.diagnosis);
  EXPECT_EQ(changed.diagnosis->step, "block 1");
}

// Steps 2 to 5 alone: their input takes the place of x.
TEST(Judge, TheCoreAloneIsJudgedFromItsOwnInput) {
  const Dump whole = read_golden("sca_03");
  std::map<std::string, Array> tensors;
  for (const auto& [name, array] : whole.tensors) {
    const bool other = name == "x" || name == "G" || name == "out" || name == "i.y_act" || name == "gx" ||
                       name == "out_f32" || name.starts_with("st") || name.ends_with("weight") ||
                       name.ends_with("W_readout");
    if (!other) tensors.emplace(name, array);
  }
  const Report report = judge_dump(to_dump("core.npz", tensors), {});
  EXPECT_EQ(report.judgements.size(), 14u) << to_text(report, false);
  for (const Judgement& one : report.judgements) EXPECT_EQ(one.verdict, Verdict::pass) << one.tensor;
  tensors.at("g.theta_raw").values.at(3) *= 1.001;
  EXPECT_EQ(of(judge_dump(to_dump("core.npz", tensors), {}), "g.theta_raw").verdict, Verdict::fail);
}

// ---- bad input

TEST(Judge, RefusesWhatIsMissingOrDoesNotFit) {
  const auto good = read_npz(golden + "sca_05.npz");
  const auto with = [&](auto change) {
    auto tensors = good;
    change(tensors);
    return refusal(std::move(tensors));
  };
  EXPECT_EQ(with([](auto&) {}), "taken");
  EXPECT_EQ(with([](auto& t) { t.erase("cfg"); }),
            "case.npz: cfg: expected an array of integers that begins with the kind, found no such tensor");
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.at(0) = 9; }).find("a kind from 0 to 4"),
            std::string::npos);
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.pop_back(); }).find("12 integers"), std::string::npos);
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.at(3) = 1e300; }).find("a size from 0"), std::string::npos);
  EXPECT_NE(with([](auto& t) { t.at("cfg").values.at(5) = 3; }).find("Kq must divide K"), std::string::npos);
  EXPECT_EQ(with([](auto& t) { t.erase("p.score_bias"); }),
            "case.npz: p.score_bias: expected shape (4), found no such tensor");
  EXPECT_EQ(with([](auto& t) {
              t.at("p.in_proj.weight").shape = {16, 52};
            }),
            "case.npz: p.in_proj.weight: expected shape (52, 16), found shape (16, 52)");
  EXPECT_EQ(with([](auto& t) { t.at("x").values.at(4) = NAN; }),
            "case.npz: x: expected finite numbers, found nan at 4");
  EXPECT_EQ(with([](auto& t) { t.erase("x"); }),
            "case.npz: x: expected shape (2, 17, 16), found no such tensor");
}

TEST(Judge, RefusesResultsOfAnotherSize) {
  Dump dump = read_golden("sca_05");
  dump.tensors.at("out").shape = {17};
  dump.tensors.at("out").values.resize(17);
  try {
    judge_dump(dump, {});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()), golden + "sca_05.npz: out: expected 544 entries, found shape (17)");
  }
}

TEST(Judge, WhatItDoesNotKnowIsSkippedAndSaid) {
  Dump dump = read_golden("sca_00");
  dump.tensors["attention_map"] = {{2}, {1, 2}, "<f8"};
  const Report report = judge_dump(dump, {});
  EXPECT_EQ(of(report, "attention_map").verdict, Verdict::skipped);
  EXPECT_NE(of(report, "attention_map").note, "");
}

}  // namespace
}  // namespace sca::evidence::judge
