#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace sca::experiments::ablation {

/// The learning rate of a step: linear over the first tenth, then a cosine down to a tenth of the peak.
/// domain   1 <= step <= steps
/// source   the ablation protocol
inline double learning_rate(std::int64_t step, std::int64_t steps, double peak) {
  const double warm_up = std::max(1.0, static_cast<double>(steps) / 10);
  const auto at = static_cast<double>(step);
  if (at <= warm_up) return peak * at / warm_up;
  const double share = (at - warm_up) / (static_cast<double>(steps) - warm_up);
  return peak * (0.1 + 0.45 * (1 + std::cos(std::numbers::pi * share)));
}

}  // namespace sca::experiments::ablation
