#pragma once

#include <cstddef>
#include <vector>

namespace sca::bench {

/// domain   at least one value
double median(std::vector<double> values);

/// The median of |value - median|: the spread that outliers do not move.
/// domain   at least one value
double median_deviation(const std::vector<double>& values);

/// The probability, if both are samples of one distribution, that the rank sum favours `larger` as much as it
/// does: the one-sided test of Mann and Whitney (1947), its distribution counted, not approximated. Ties
/// count against `larger`.
///
/// domain   at least one value each
/// error    a few roundings
double rank_probability(const std::vector<double>& larger, const std::vector<double>& smaller);

/// The least that rank_probability can return for so many values.
double least_rank_probability(std::size_t larger, std::size_t smaller);

}  // namespace sca::bench
