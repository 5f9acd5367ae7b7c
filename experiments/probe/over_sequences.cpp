#include "experiments/probe/over_sequences.hpp"

#include <numeric>

#include "experiments/analysis/bca.hpp"
#include "experiments/statistics.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr std::uint64_t resampling_seed = 1;

}  // namespace

Interval mean_over_sequences(const std::vector<double>& values) { return bca_mean(values, resampling_seed); }

Interval share_over_sequences(const std::vector<double>& part, const std::vector<double>& whole) {
  const auto share = [&](std::span<const std::size_t> chosen) {
    double parts = 0;
    double wholes = 0;
    for (const std::size_t i : chosen) {
      parts += part[i];
      wholes += whole[i];
    }
    return parts / wholes;
  };
  return bca(part.size(), share, resampling_seed);
}

double median_over_sequences(const std::vector<double>& values) { return quantile(values, 0.5); }

nlohmann::ordered_json as_triple(const Interval& interval) {
  return {interval.estimate, interval.low, interval.high};
}

}  // namespace sca::experiments::ablation
