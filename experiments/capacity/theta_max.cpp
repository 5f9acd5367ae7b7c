// How many real dimensions a channel's phases span: theta_max decides, not M.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/capacity/draws.hpp"
#include "experiments/capacity/enclosed.hpp"
#include "experiments/capacity/prolate.hpp"
#include "experiments/capacity/study.hpp"
#include "experiments/random.hpp"
#include "reference/linear_algebra.hpp"
#include "theory/capacity.hpp"

namespace sca::experiments::capacity {
namespace {

constexpr const char* prolate_source = "companion.md, section 8; Slepian and Pollak 1961";
constexpr std::size_t softsigns = 40;  // the t of a channel, more than there are columns
constexpr double deep = 1e-10;         // tolerances below it cost as much as all others together

std::size_t instances_for(double epsilon, const Settings& settings) {
  return std::min<std::size_t>(settings.instances, epsilon < deep ? 4 : 8);
}

/// A channel's phases: M nodes in (0, theta_max), t softsigns in (-1, 1).
struct Channel {
  double theta_max;
  std::size_t points;
  std::uint64_t seed;
};

/// Of [cos, -sin] (t x 2M), descending.
std::optional<std::vector<Interval>> singular_values(const Channel& channel) {
  const auto u = exact(uniform(-1, 1, softsigns, derived(channel.seed, 1)));
  const auto theta = exact(uniform(0, channel.theta_max, channel.points, derived(channel.seed, 2)));
  reference::ComplexMatrix b(softsigns, 2 * channel.points);
  const std::vector<Interval> entries = real_phase_matrix<Interval>(u, theta, 1);
  for (std::size_t i = 0; i < entries.size(); ++i) b.entries[i].re = entries[i];
  return reference::singular_values(b);
}

/// Singular values are known to the root of what the thread's precision rounds; those below epsilon have to
/// be.
bool is_precise_enough(double epsilon) {
  constexpr double spare = 16;
  return working_bits() >= spare - 2 * std::log2(epsilon);
}

/// How many are above epsilon times the first; none where that is not certain.
std::optional<std::size_t> numerical_rank(const std::vector<Interval>& values, double epsilon) {
  const Interval threshold = Interval(epsilon) * values.front();
  std::size_t rank = 0;
  for (const Interval& value : values) {
    if (!certainly_less(value, threshold) && !certainly_less(threshold, value)) return std::nullopt;
    if (certainly_less(threshold, value)) ++rank;
  }
  return rank;
}

/// A bound of the numerical rank: sigma_1 >= |B|_F / sqrt(rank) and |B|_F^2 = M t.
std::size_t rank_bound(double theta_max, std::size_t points, double epsilon) {
  const PrecisionScope scope(first_bits);
  const std::size_t most = std::min(softsigns, 2 * points);
  const Interval allowed = Interval(epsilon) / sqrt(Interval(static_cast<long>(2 * most)));
  for (std::size_t n = 1; n < most; ++n) {
    if (certainly_at_most(separable_tail(theta_max, n), allowed)) return n;
  }
  return most;
}

std::size_t prolate_count(double theta_max, double epsilon) {
  const auto counted = decided([&]() -> std::optional<std::size_t> {
    if (!is_precise_enough(epsilon)) return std::nullopt;
    const std::vector<double> values = prolate_singular_values(theta_max, epsilon);
    if (values.empty()) return std::nullopt;
    return static_cast<std::size_t>(
        std::ranges::count_if(values, [&](double value) { return value > epsilon * values.front(); }));
  });
  return counted.value.value_or(0);
}

Size rank_size(double x, double theta_max, std::size_t points, double epsilon, const Settings& settings) {
  const auto bound = Enclosure(static_cast<double>(rank_bound(theta_max, points, epsilon)));
  EnclosedSamples samples;
  for (std::size_t i = 0; i < instances_for(epsilon, settings); ++i) {
    samples.add(decided([&]() -> std::optional<Sample> {
      if (!is_precise_enough(epsilon)) return std::nullopt;
      const auto values = singular_values({theta_max, points, derived(settings.seed, points, i)});
      const auto rank = values ? numerical_rank(*values, epsilon) : std::nullopt;
      if (!rank) return std::nullopt;
      Sample sample{.value = Enclosure(static_cast<double>(*rank))};
      sample.upper = bound;
      return sample;
    }));
  }
  Size size = std::move(samples).size(x);
  size.prediction = static_cast<double>(std::min(2 * points, prolate_count(theta_max, epsilon)));
  return size;
}

Words rank_words(const char* axis, double epsilon) {
  return {axis, fmt::format("singular values above {:g} of the largest", epsilon), "bound",
          "at most 2M and the Bessel tail's; expected of dense nodes: as many as the prolate kernel has",
          prolate_source};
}

/// How often the expectation lay within the instances' range.
std::string expectation_met(const Series& series) {
  std::size_t met = 0;
  for (const Size& size : series.sizes) {
    const auto holds = [&](const Sample& s) { return s.value.low == *size.prediction; };
    if (std::ranges::any_of(size.samples, holds)) ++met;
  }
  return fmt::format("the prolate count is some instance's at {} of {} sizes", met, series.sizes.size());
}

Series by_theta_max(double epsilon, const SeriesKey& key, const Settings& settings) {
  constexpr std::size_t points = 12;
  Series series{.key = key, .words = rank_words("theta_max [rad]", epsilon), .sizes = {}, .remark = {}};
  for (const double theta_max : {0.5, 1.0, 2.0, released_node, 4.0, 6.0, 8.0, 12.0})
    series.sizes.push_back(rank_size(theta_max, theta_max, points, epsilon, settings));
  series.remark = fmt::format("M = {}; {}", points, expectation_met(series));
  return series;
}

Series by_points(double epsilon, const SeriesKey& key, const Settings& settings) {
  Series series{.key = key, .words = rank_words("points M", epsilon), .sizes = {}, .remark = {}};
  for (const std::size_t points : {1U, 2U, 3U, 4U, 6U, 8U, 12U})
    series.sizes.push_back(rank_size(static_cast<double>(points), released_node, points, epsilon, settings));
  series.remark = fmt::format("theta_max = {}; {}", released_node, expectation_met(series));
  return series;
}

/// sigma_n / sqrt(2 M t) against the tail, n = 1, 2, ...: for dense nodes and scalars it tends to
/// |lambda_n| / sqrt(8).
Series spectrum(const SeriesKey& key, const Settings& settings) {
  constexpr std::size_t points = 16;
  constexpr std::size_t most = 20;
  constexpr double least = 1e-20;
  Series series{
      .key = key,
      .words = {"n", "sigma_n / sqrt(2 M t) of a channel's phases", "bound",
                "the Bessel tail beyond n - 1 terms; expected of dense nodes: the prolate kernel's / sqrt(8)",
                prolate_source},
      .sizes = {},
      .remark = fmt::format("theta_max = {}, M = {}, t = {}", released_node, points, softsigns)};
  std::vector<EnclosedSamples> samples(most);
  for (std::size_t i = 0; i < instances_for(1, settings); ++i) {
    const auto values = decided([&]() -> std::optional<std::vector<Sample>> {
      const auto sigma = singular_values({released_node, points, derived(settings.seed, i)});
      if (!sigma) return std::nullopt;
      const Interval scale = sqrt(Interval(static_cast<long>(2 * points * softsigns)));
      std::vector<Sample> row;
      for (std::size_t n = 0; n < most; ++n) {
        row.push_back({.value = Enclosure(Interval((*sigma)[n] / scale))});
        if (n > 0) row.back().upper = Enclosure(separable_tail(released_node, n));
        if (!is_tight(row.back().value)) return std::nullopt;
      }
      return row;
    });
    for (std::size_t n = 0; n < most; ++n)
      samples[n].add({values.value ? std::optional((*values.value)[n]) : std::nullopt, values.bits});
  }
  const PrecisionScope scope(4 * first_bits);
  const std::vector<double> limit = prolate_singular_values(released_node, least);
  for (std::size_t n = 0; n < most; ++n) {
    series.sizes.push_back(std::move(samples[n]).size(static_cast<double>(n + 1)));
    if (n < limit.size()) series.sizes.back().prediction = limit[n] / std::sqrt(8.0);
  }
  return series;
}

}  // namespace

std::vector<Unit> theta_max_units(const Settings& settings) {
  std::vector<Unit> units;
  const SeriesKey key{"rank/spectrum", "theta_max = 3"};
  units.push_back({key, [=] { return spectrum(key, settings); }});
  for (const double epsilon : {1e-1, 1e-3, 1e-7, 1e-16, 1e-30}) {
    const SeriesKey by_theta{"rank/theta-max", fmt::format("tolerance {:g}", epsilon)};
    const SeriesKey by_M{"rank/points", by_theta.series};
    units.push_back({by_theta, [=] { return by_theta_max(epsilon, by_theta, settings); }});
    units.push_back({by_M, [=] { return by_points(epsilon, by_M, settings); }});
  }
  return units;
}

}  // namespace sca::experiments::capacity
