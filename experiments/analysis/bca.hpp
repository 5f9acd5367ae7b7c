#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "experiments/analysis/interval.hpp"

namespace sca::experiments::ablation {

inline constexpr std::size_t bootstrap_resamples = 10000;
inline constexpr double confidence = 0.95;

/// A statistic of the observations that are named, one or more, some of them more than once.
using Statistic = std::function<double(std::span<const std::size_t>)>;

/// The bias-corrected and accelerated bootstrap interval of a statistic of `count` observations: 10,000
/// resamples drawn by our own hash of (seed, resample, place), so that the same records give the same
/// interval.
///
/// domain   count >= 1; of one observation, and where resamples do not differ, the interval is the estimate
///          alone. From fewer than about ten an interval describes them: its coverage is far below nominal
/// errors   std::invalid_argument without observations
/// source   Efron 1987, "Better bootstrap confidence intervals", (2.3) and (6.6)
Interval bca(std::size_t count, const Statistic& statistic, std::uint64_t seed, double level = confidence);

/// Of the mean.
Interval bca_mean(const std::vector<double>& values, std::uint64_t seed, double level = confidence);

// The interval's parts.

/// z0: the normal quantile of the share of replicates below the estimate, those equal to it counted half.
/// Where that is none or all, half a replicate stands there.
double bias_correction(const std::vector<double>& replicates, double estimate);

/// a: a sixth of the skewness of the estimates without one observation each; 0 where they are equal.
double acceleration(const std::vector<double>& leaving_one_out);

/// The replicates' quantiles (quantile) at the shares that z0 and a correct.
Interval corrected_percentiles(const std::vector<double>& replicates, double estimate, double a,
                               double level);

}  // namespace sca::experiments::ablation
