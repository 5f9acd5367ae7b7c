#include "bench/compare.hpp"

#include <algorithm>
#include <cmath>

#include "bench/statistics.hpp"

namespace sca::bench {
namespace {

constexpr double level = 0.01;
constexpr double deviations = 3;
constexpr double deviation_of_normal = 1.4826;  // standard deviation over median deviation: 1 / quantile(3/4)

std::vector<double> over_floor(const Measurement& measurement) {
  std::vector<double> result;
  for (const double sample : measurement.samples)
    result.push_back(sample / floor_seconds(measurement.work, measurement.rates));
  return result;
}

Comparison compared(const Measurement& before, const Measurement& after, double count) {
  const std::vector<double> old_times = over_floor(before);
  const std::vector<double> new_times = over_floor(after);
  Comparison result{.key = after.key(), .before = median(old_times), .after = median(new_times)};
  result.noise =
      deviations * deviation_of_normal * std::hypot(median_deviation(old_times), median_deviation(new_times));
  const bool is_slower = result.after > result.before;
  const auto& larger = is_slower ? new_times : old_times;
  const auto& smaller = is_slower ? old_times : new_times;
  result.probability = std::min(1.0, count * rank_probability(larger, smaller));
  if (std::abs(result.after - result.before) <= result.noise) return result;
  if (count * least_rank_probability(larger.size(), smaller.size()) >= level) {
    result.change = Change::undecided;
  } else if (result.probability < level) {
    result.change = is_slower ? Change::slower : Change::faster;
  }
  return result;
}

}  // namespace

std::string_view to_string(Change change) {
  switch (change) {
    case Change::slower: return "slower";
    case Change::faster: return "faster";
    case Change::same: return "same";
    case Change::undecided: return "undecided";
  }
  return "";
}

std::vector<Comparison> compare(const std::vector<Measurement>& before,
                                const std::vector<Measurement>& after) {
  std::vector<std::pair<const Measurement*, const Measurement*>> pairs;
  for (const Measurement& now : after) {
    const auto then = std::ranges::find(before, now.key(), &Measurement::key);
    if (now.is_timed() && then != before.end() && then->is_timed()) pairs.emplace_back(&*then, &now);
  }
  std::vector<Comparison> result;
  for (const auto& [then, now] : pairs)
    result.push_back(compared(*then, *now, static_cast<double>(pairs.size())));
  return result;
}

}  // namespace sca::bench
