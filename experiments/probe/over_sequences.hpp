#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "experiments/analysis/interval.hpp"

namespace sca::experiments::ablation {

// Tokens of one sequence are not independent of one another: whole sequences are drawn again.

/// The mean with its 95 % bootstrap interval.
/// domain   one value a sequence, at least one
Interval mean_over_sequences(const std::vector<double>& values);

/// The same of sum(part) / sum(whole), a sequence's part and whole drawn together.
/// domain   as many of both, at least one; sum(whole) > 0 of most resamples: an interval says nothing else
Interval share_over_sequences(const std::vector<double>& part, const std::vector<double>& whole);

/// The median, of numbers without a mean to speak of.
double median_over_sequences(const std::vector<double>& values);

/// [estimate, low, high]
nlohmann::ordered_json as_triple(const Interval& interval);

}  // namespace sca::experiments::ablation
