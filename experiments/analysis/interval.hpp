#pragma once

namespace sca::experiments::ablation {

/// An estimate and where the quantity behind it may lie.
struct Interval {
  double estimate = 0, low = 0, high = 0;

  bool operator==(const Interval&) const = default;
};

}  // namespace sca::experiments::ablation
