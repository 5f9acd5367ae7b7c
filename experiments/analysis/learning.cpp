#include "experiments/analysis/learning.hpp"

namespace sca::experiments::ablation {

std::optional<double> steps_to_half(const std::vector<CurvePoint>& curve, double chance) {
  for (const CurvePoint& point : curve) {
    if (normalised(point.value, chance) >= 0.5) return point.step;
  }
  return std::nullopt;
}

}  // namespace sca::experiments::ablation
