#include "experiments/analysis/bca.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "experiments/random.hpp"
#include "experiments/statistics.hpp"

namespace sca::experiments::ablation {
namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<double> replicates_of(std::size_t count, const Statistic& statistic, std::uint64_t seed) {
  std::vector<double> replicates;
  std::vector<std::size_t> chosen(count);
  for (std::size_t b = 0; b < bootstrap_resamples; ++b) {
    const std::uint64_t key = derived(seed, b);
    for (std::size_t i = 0; i < count; ++i) chosen[i] = below(count, key, i);
    std::ranges::sort(
        chosen);  // the same observations give the same rounding, and equal the estimate exactly
    replicates.push_back(statistic(chosen));
  }
  return replicates;
}

std::vector<double> without_one_each(std::size_t count, const Statistic& statistic) {
  std::vector<double> estimates;
  for (std::size_t left_out = 0; left_out < count; ++left_out) {
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < count; ++i) {
      if (i != left_out) rest.push_back(i);
    }
    estimates.push_back(statistic(rest));
  }
  return estimates;
}

}  // namespace

double bias_correction(const std::vector<double>& replicates, double estimate) {
  double half_below = 0;
  for (const double r : replicates) half_below += r < estimate ? 2 : r == estimate ? 1 : 0;
  const double all = 2 * static_cast<double>(replicates.size());
  return quantile(boost::math::normal(), std::clamp(half_below, 1.0, all - 1) / all);
}

double acceleration(const std::vector<double>& leaving_one_out) {
  const double mean = mean_of(leaving_one_out);
  double squares = 0;
  double cubes = 0;
  for (const double x : leaving_one_out) {
    squares += (mean - x) * (mean - x);
    cubes += (mean - x) * (mean - x) * (mean - x);
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

Interval corrected_percentiles(const std::vector<double>& replicates, double estimate, double a,
                               double level) {
  const boost::math::normal normal;
  const double z0 = bias_correction(replicates, estimate);
  const auto end = [&](double share) {
    const double z = z0 + quantile(normal, share);
    return experiments::quantile(replicates, cdf(normal, z0 + z / (1 - a * z)));
  };
  return {estimate, end((1 - level) / 2), end((1 + level) / 2)};
}

Interval bca(std::size_t count, const Statistic& statistic, std::uint64_t seed, double level) {
  if (count == 0) throw std::invalid_argument("bca: no observations");
  std::vector<std::size_t> everyone(count);
  std::iota(everyone.begin(), everyone.end(), std::size_t{0});
  const double estimate = statistic(everyone);
  if (count == 1) return {estimate, estimate, estimate};
  const std::vector<double> replicates = replicates_of(count, statistic, seed);
  const auto [least, most] = std::ranges::minmax(replicates);
  if (least == most) return {estimate, least, most};
  return corrected_percentiles(replicates, estimate, acceleration(without_one_each(count, statistic)), level);
}

Interval bca_mean(const std::vector<double>& values, std::uint64_t seed, double level) {
  const auto mean = [&](std::span<const std::size_t> chosen) {
    double sum = 0;
    for (const std::size_t i : chosen) sum += values[i];
    return sum / static_cast<double>(chosen.size());
  };
  return bca(values.size(), mean, seed, level);
}

}  // namespace sca::experiments::ablation
