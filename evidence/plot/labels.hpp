#pragma once

#include <vector>

namespace sca::evidence {

/// The heights nearest to `wanted` (least sum of squares) that are `gap` apart at least, within [low, high],
/// in the order of those wanted. Where there is no room for so many, they stand as far apart as there is.
///
/// domain   low <= high, gap >= 0; those wanted may lie outside
std::vector<double> pushed_apart(const std::vector<double>& wanted, double gap, double low, double high);

}  // namespace sca::evidence
