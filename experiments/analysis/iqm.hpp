#pragma once

#include <cstdint>
#include <vector>

#include "experiments/analysis/interval.hpp"

namespace sca::experiments::ablation {

/// The interquartile mean: without the floor(n/4) least and as many largest.
///
/// domain   at least one value
/// source   Agarwal et al. 2021, "Deep RL at the edge of the statistical precipice" (rliable's trim_mean)
double iqm(std::vector<double> values);

/// Scores of one task, pair by pair.
struct PairedScores {
  std::vector<double> a, b;
};

/// IQM of all a less that of all b, with the percentile interval of 10,000 resamples that are stratified:
/// each draws every task's pairs anew, from that task.
///
/// domain   a pair at least; a and b of one length in each task
/// source   as iqm; pairs are drawn whole because they share their data and seed
Interval iqm_difference(const std::vector<PairedScores>& tasks, std::uint64_t seed);

}  // namespace sca::experiments::ablation
