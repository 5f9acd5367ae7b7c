// Parts judged from their own inputs, and the first step at which the two evaluations part.
#include <gtest/gtest.h>

#include <map>

#include "evidence/judge/print.hpp"
#include "evidence/judge/results.hpp"
#include "reference/model.hpp"
#include "tests/about_numbers.hpp"
#include "tests/evidence/judged.hpp"

namespace sca::evidence::judge {
namespace {

using namespace test;
using reference::Dialect;

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
  SCA_ABOUT_NUMBERS();
  for (const Otherwise& one : choices) EXPECT_EQ(diagnosis_of(one, true).step.substr(0, 6), one.step);
  const Otherwise clamp{"Step 2", [](Dialect& d) { d.weight_clamp = Dialect::Range{0.25, 5000}; }};
  EXPECT_EQ(diagnosis_of(clamp, true).step.substr(0, 6), clamp.step);
}

// From `out` alone: the reference is recomputed with each choice changed.
TEST(Judge, NamesTheChoiceFromTheOutputAlone) {
  SCA_ABOUT_NUMBERS();
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

// Half a layer that is judged from its own intermediates is judged more tightly.
TEST(Judge, StagesAreJudgedFromTheFilesOwnWhereTheWholeSaysNothing) {
  const Report report = judge_dump(read_golden("sca_05"), {.arithmetic = precision("bf16")});
  const Judgement& out = of(report, "i.y_act");
  EXPECT_EQ(out.note, "from the file's own intermediates");
}

/// What the reference computes in float64 of model_00: its logits, and the residual stream before block 0 and
/// after each.
std::map<std::string, Array> own_model(const Dump& whole) {
  const auto source = [&](const std::string& name, const reference::Shape&) {
    const Array& array = whole.tensors.at("p." + name);
    return reference::Tensor<double>{array.shape, array.values};
  };
  const auto model = reference::read_model<double>(whole.model, Dialect::released(), source);
  const auto trace =
      forward(model, reference::Ids{{whole.B, whole.L}, counts("", "", whole.tensors.at("ids"))});
  std::map<std::string, Array> tensors;
  for (const auto& [name, array] : whole.tensors) {
    if (name == "cfg" || name == "ids" || name.starts_with("p.")) tensors.emplace(name, array);
  }
  Array hidden{{trace.hidden.size(), whole.B, whole.L, whole.model.D()}, {}, "<f8"};
  for (const auto& one : trace.hidden)
    hidden.values.insert(hidden.values.end(), one.data.begin(), one.data.end());
  tensors["i.hidden"] = hidden;
  tensors["logits"] = {trace.logits.shape, trace.logits.data, "<f8"};
  return tensors;
}

TEST(Judge, AModelIsJudgedBlockByBlock) {
  SCA_ABOUT_NUMBERS();
  const Dump whole = read_golden("model_00");
  std::map<std::string, Array> tensors = own_model(whole);
  const Report report = judge_dump(to_dump("model.npz", tensors), {});
  EXPECT_EQ(of(report, "logits").verdict, Verdict::pass);
  EXPECT_EQ(of(report, "i.hidden").verdict, Verdict::pass);

  tensors.at("i.hidden").values.at(2 * whole.B * whole.L * whole.model.D() + 17) += 1e-6;  // after block 1
  const Report changed = judge_dump(to_dump("model.npz", tensors), {});
  ASSERT_TRUE(changed.diagnosis);
  EXPECT_EQ(changed.diagnosis->step, "block 1");

  tensors.erase("i.hidden");
  const Report at_once = judge_dump(to_dump("model.npz", tensors), {});
  EXPECT_LT(of(report, "logits").relative_bound, of(at_once, "logits").relative_bound);
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

}  // namespace
}  // namespace sca::evidence::judge
