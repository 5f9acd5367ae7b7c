#include "evidence/judge/diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "evidence/judge/recompute.hpp"

namespace sca::evidence::judge {
namespace {

using reference::Dialect;

/// A choice of the dialect that an implementation may have made otherwise.
struct Alternative {
  std::string_view what;
  std::string_view step;
  void (*change)(Dialect&);
};

constexpr std::array alternatives{
    Alternative{"the weights are not clamped", "Step 2: contribution weights",
                [](Dialect& d) { d.weight_clamp.reset(); }},
    Alternative{"the weights are clamped to [1e-4, 5000]", "Step 2: contribution weights",
                [](Dialect& d) {
                  d.weight_clamp = Dialect::released().weight_clamp;
                  d.step_decay = Dialect::StepDecay::absolute;  // the recursive form needs scale invariance
                }},
    Alternative{"softplus has no switch to v above 20", "Step 2: contribution weights",
                [](Dialect& d) { d.softplus_switch.reset(); }},
    Alternative{"distances are not kept at 0 beyond the maximum length", "Step 2: contribution weights",
                [](Dialect& d) { d.saturate_distance = !d.saturate_distance; }},
    Alternative{"theta is taken raw", "Step 3: spectral nodes",
                [](Dialect& d) { d.theta = Dialect::Theta::direct; }},
    Alternative{"theta is mapped into (0.001, 3]", "Step 3: spectral nodes",
                [](Dialect& d) { d.theta = Dialect::Theta::bounded; }},
    Alternative{"theta's softplus has no increment of 1e-4", "Step 3: spectral nodes",
                [](Dialect& d) { d.theta_increment = 0; }},
    Alternative{"omega is taken raw", "Step 5: integration weights",
                [](Dialect& d) { d.omega = Dialect::Omega::direct; }},
    Alternative{"omega is normalised", "Step 5: integration weights",
                [](Dialect& d) { d.omega = Dialect::Omega::normalised; }},
    Alternative{"omega's sum has no epsilon of 1e-6", "Step 5: integration weights",
                [](Dialect& d) { d.omega_epsilon = 0; }},
    Alternative{"the denominator has no floor", "Step 4: normalised state",
                [](Dialect& d) { d.denominator_floor.reset(); }},
    Alternative{"1/sqrt(H) is missing", "Step 5: readout", [](Dialect& d) { d.readout_over_root_h = false; }},
    Alternative{"the gate multiplies after the norm", "Step 6: gated norm",
                [](Dialect& d) { d.gate = Dialect::Gate::after_norm; }},
    Alternative{"the norm's epsilon is 1e-5", "Step 6: gated norm",
                [](Dialect& d) { d.norm_epsilon = 1e-5; }},
    Alternative{"the norm has no epsilon", "Step 6: gated norm", [](Dialect& d) { d.norm_epsilon = 0; }},
    Alternative{"SiLU, not the sigmoid, gates the readout", "Step 6: gated linear unit",
                [](Dialect& d) { d.readout = Dialect::Readout::silu; }},
    Alternative{"the sigmoid, not SiLU, gates the readout", "Step 6: gated linear unit",
                [](Dialect& d) { d.readout = Dialect::Readout::sigmoid; }},
};

/// The file with this result alone, as far as results go.
Dump only(const Dump& dump, const std::vector<Result>& results, const Result& result) {
  Dump alone = dump;
  for (const Result& other : results) alone.tensors.erase(other.name);
  alone.tensors[result.base] = {result.shape, result.values, ""};
  return alone;
}

/// The alternative under which the result passes.
const Alternative* explanation(const Dump& dump, const std::vector<Result>& results, const Result& result,
                               const Settings& settings) {
  const Dump alone = only(dump, results, result);
  const reference::FloatingPointScope scope(result.arithmetic->format);
  for (const Alternative& alternative : alternatives) {
    Dialect dialect = settings.dialect;
    alternative.change(dialect);
    if (dialect == settings.dialect) continue;
    const auto recomputed = recompute<reference::Bounded>(alone, dialect, Stages::chained);
    const auto found = recomputed.find(result.base);
    if (found == recomputed.end()) return nullptr;
    if (judge({found->second}, result.values, *result.arithmetic, result.storage).verdict == Verdict::pass)
      return &alternative;
  }
  return nullptr;
}

/// The failing results of forward, each judged from the file's own stage before it; the first in order.
const Result* first_failing_stage(const Dump& dump, const std::vector<Result>& results,
                                  const Settings& settings) {
  for (const Precision& arithmetic : precisions) {
    const Dump restricted = restricted_to(dump, results, arithmetic);
    if (!has_intermediates(restricted)) continue;
    const reference::FloatingPointScope scope(arithmetic.format);
    const auto recomputed = recompute<reference::Bounded>(restricted, settings.dialect, Stages::stored);
    for (const Result& result : results) {
      const auto found = recomputed.find(result.base);
      if (result.arithmetic != &arithmetic || found == recomputed.end()) continue;
      if (!result.base.starts_with("i.") && result.base != "out" && result.base != "logits") continue;
      if (judge({found->second}, result.values, arithmetic, result.storage).verdict == Verdict::fail)
        return &result;
    }
  }
  return nullptr;
}

std::string where(const Judgement& judgement) {
  std::string text;
  for (const std::size_t i : judgement.index) text += (text.empty() ? "" : ", ") + std::to_string(i);
  return "[" + text + "]";
}

}  // namespace

Diagnosis diagnose(const Dump& dump, const std::vector<Result>& results,
                   const std::vector<Judgement>& judgements, const Settings& settings) {
  const auto failed = std::ranges::find(judgements, Verdict::fail, &Judgement::verdict);
  const auto named = std::ranges::find(results, failed->tensor, &Result::name);
  if (const Result* stage = first_failing_stage(dump, results, settings)) {
    if (dump.kind == Kind::model && stage->base == "i.hidden") {
      const std::size_t block = failed->index.front();
      return {block == 0 ? "the embedding" : fmt::format("block {}", block - 1),
              "from the residual stream that the file has before it"};
    }
    std::string reason =
        fmt::format("{} is off, recomputed from the file's own stages before it", stage->name);
    if (const Alternative* found = explanation(dump, results, *stage, settings))
      reason += fmt::format("; it agrees if {}", found->what);
    return {step_of(stage->base), reason};
  }
  const bool after_forward = order(named->base) > order("logits");
  const std::string_view from =
      after_forward ? "the forward pass and everything before agree; first off is" : "first off is";
  const std::string step = step_of(named->base).empty() ? "unknown" : step_of(named->base);
  if (dump.has_layer() || dump.kind == Kind::model) {
    if (const Alternative* found = explanation(dump, results, *named, settings))
      return {std::string(found->step),
              fmt::format("{} agrees with the reference if {}", named->name, found->what)};
  }
  if (after_forward || named->base.starts_with("i."))
    return {step, fmt::format("{} {} at {}", from, named->name, where(*failed))};
  return {
      "unknown",
      fmt::format("{} {} at {}; dump i.z_act, i.p_w, i.re, i.im, i.den, i.o and i.y_act to see which step",
                  from, named->name, where(*failed))};
}

}  // namespace sca::evidence::judge
