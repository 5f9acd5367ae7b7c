#pragma once

#include <optional>
#include <vector>

namespace sca::experiments::ablation {

struct EcdfPoint {
  double x = 0;
  double share = 0;  // of all observations that are at most x

  bool operator==(const EcdfPoint&) const = default;
};

/// The steps of the empirical distribution, ascending in x. What was never seen to happen (no value) counts
/// among all, and adds no step: the curve ends below 1. Nothing is extrapolated.
std::vector<EcdfPoint> ecdf(const std::vector<std::optional<double>>& observations);

}  // namespace sca::experiments::ablation
