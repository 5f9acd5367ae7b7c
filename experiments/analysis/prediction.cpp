#include "experiments/analysis/prediction.hpp"

#include <fmt/format.h>
#include <algorithm>

#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/groups.hpp"
#include "experiments/analysis/prediction_rules.hpp"
#include "experiments/analysis/words.hpp"

namespace sca::experiments::ablation {
namespace {

/// The interval of how much better a is.
Interval gain(const Comparison& comparison) {
  const Interval& e = comparison.effect;
  return comparison.is_accuracy() ? e : Interval{-e.estimate, -e.high, -e.low};
}

std::string effect_text(const Comparison& c) {
  return fmt::format("{} {}, n = {}", difference_text(c.metric, c.effect.estimate),
                     range_text(c.metric, c.effect), count_text(c));
}

PredictionPart judged(const std::string& claim, const Comparison* comparison, double border) {
  if (comparison == nullptr || comparison->is_vacuous()) return {claim, PredictionPart::State::untested, ""};
  const Interval interval = gain(*comparison);
  const auto state = interval.low > border    ? PredictionPart::State::holds
                     : interval.high < border ? PredictionPart::State::fails
                                              : PredictionPart::State::open;
  return {claim, state, effect_text(*comparison)};
}

/// Of every size of model; without runs, of the plan's own.
void add_parts(const Analysis& analysis, const PredictionRule& rule, std::vector<PredictionPart>& parts) {
  auto sizes = sizes_of(analysis);
  const ModelSpec own = architecture(analysis.questions.base, {});
  if (sizes.empty()) sizes.emplace_back(own.D, own.blocks);
  for (const auto& [D, blocks] : sizes) {
    for (PredictionPart& part : rule.parts(analysis, base_of(analysis, D, blocks))) {
      if (sizes.size() > 1) part.claim = fmt::format("D = {}, {} blocks: {}", D, blocks, part.claim);
      parts.push_back(std::move(part));
    }
  }
}

}  // namespace

std::string PredictionResult::outcome() const {
  const auto count = [&](PredictionPart::State state) {
    return std::ranges::count(parts, state, &PredictionPart::state);
  };
  const auto holds = count(PredictionPart::State::holds);
  const auto fails = count(PredictionPart::State::fails);
  const auto tested = holds + fails + count(PredictionPart::State::open);
  if (tested == 0) return "not tested";
  if (holds == tested) return "supported";
  return fails > 0 && holds == 0 ? "not supported" : "mixed";
}

PredictionPart better(const std::string& claim, const Comparison* comparison) {
  return judged(claim, comparison, 0);
}

PredictionPart no_worse(const std::string& claim, const Comparison* comparison) {
  return judged(claim, comparison, comparison == nullptr ? 0 : -comparison->margin());
}

PredictionPart same(const std::string& claim, const Comparison* comparison) {
  if (comparison == nullptr || comparison->is_vacuous()) return {claim, PredictionPart::State::untested, ""};
  const Interval& interval = comparison->same.interval;
  const double margin = comparison->margin();
  const bool is_within = -margin < interval.low && interval.high < margin;
  const bool is_outside = interval.low > margin || interval.high < -margin;
  const auto state = is_within    ? PredictionPart::State::holds
                     : is_outside ? PredictionPart::State::fails
                                  : PredictionPart::State::open;
  return {claim, state, fmt::format("{}, TOST p = {}", effect_text(*comparison), p_text(comparison->same.p))};
}

std::vector<PredictionResult> predictions(const Analysis& analysis) {
  std::vector<PredictionResult> results;
  for (const Prediction& prediction : analysis.questions.predictions) {
    PredictionResult result{prediction, "no rule decides it", {}};
    for (const PredictionRule& rule : prediction_rules()) {
      if (rule.id != prediction.id) continue;
      result.rule = rule.text;
      add_parts(analysis, rule, result.parts);
    }
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace sca::experiments::ablation
