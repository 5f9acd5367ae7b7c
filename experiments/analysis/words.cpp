#include "experiments/analysis/words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "experiments/analysis/wilson.hpp"
#include "experiments/statistics.hpp"

namespace sca::experiments::ablation {
namespace {

/// What rounds to nothing has no sign.
std::string with_sign(double value, int digits) {
  const double scale = std::pow(10, digits);
  const double rounded = std::round(value * scale) / scale;
  return rounded == 0 ? fmt::format("{:.{}f}", 0.0, digits) : fmt::format("{:+.{}f}", rounded, digits);
}

std::string difference_number(Metric metric, double difference) {
  return metric == Metric::accuracy ? with_sign(100 * difference, 1) : with_sign(difference, 4);
}

}  // namespace

std::string value_text(Metric metric, double value) {
  return metric == Metric::accuracy ? fmt::format("{:.1f} %", 100 * value)
                                    : fmt::format("{:.3f} bits", value);
}

std::string difference_text(Metric metric, double difference) {
  return difference_number(metric, difference) + (metric == Metric::accuracy ? " pp" : " bits");
}

std::string range_text(Metric metric, const Interval& interval) {
  return fmt::format("[{}, {}]", difference_number(metric, interval.low),
                     difference_number(metric, interval.high));
}

std::string count_text(const Comparison& comparison) {
  std::string text = std::to_string(comparison.pairs.size());
  if (comparison.documents > 0) text += fmt::format(", {} documents", comparison.documents);
  return text;
}

std::string p_text(double p) { return p < 0.0005 ? fmt::format("{:.1e}", p) : fmt::format("{:.3g}", p); }

std::string test_text(const SignFlip& test) {
  return fmt::format("{} (least {})", p_text(test.p), p_text(test.least));
}

std::string solved_text(const Comparison& comparison, const Side& side) {
  if (!comparison.is_accuracy()) return "";
  const Interval share = wilson(side.solved, side.count);
  return fmt::format("{}/{} [{:.2f}, {:.2f}]", side.solved, side.count, share.low, share.high);
}

std::string half_text(const Side& side) {
  constexpr double never = 1e300;
  std::vector<double> steps;
  for (const auto& one : side.steps_to_half) steps.push_back(one.value_or(never));
  if (steps.empty()) return "";
  const double median = quantile(steps, 0.5);
  return median >= never / 4 ? "never" : fmt::format("{:.0f}", median);
}

std::string verdict(const Comparison& comparison, double adjusted) {
  constexpr double size = 0.05;
  if (comparison.is_vacuous()) return "vacuous";
  if (adjusted < size) return comparison.effect.estimate > 0 ? "a higher" : "b higher";
  return comparison.same.p < equivalence_size ? "equivalent" : "undecided";
}

}  // namespace sca::experiments::ablation
