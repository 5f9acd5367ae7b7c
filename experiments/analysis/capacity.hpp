#pragma once

#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

/// How many pairs an architecture without attention recalls: mqar at several N.
struct CapacityCurve {
  ModelSpec spec;
  std::vector<std::pair<double, double>> recall;  // (N, mean accuracy from chance to 1), ascending in N
  std::optional<double> n50;                      // where it falls through 1/2, between neighbours in log N

  double state() const { return 2.0 * static_cast<double>(spec.K * spec.H * spec.M); }  // 2KHM
};

/// Of every architecture that was run at three values of N or more, as is_before orders them: two tell where
/// training stopped, not where the state is full.
std::vector<CapacityCurve> capacity_curves(const Analysis& analysis);

}  // namespace sca::experiments::ablation
