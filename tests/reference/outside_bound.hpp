#pragma once

#include <cmath>

#include "reference/bounded.hpp"
#include "reference/interval.hpp"

namespace sca::test {

/// Bits of the intervals that hold the exact results.
constexpr unsigned truth_bits = 320;

/// Certainly outside of a bound that says anything.
template <class Rules>
bool violated(const reference::BasicBounded<Rules>& bound, const Interval& truth, double got) {
  if (!bound.error().is_finite()) return false;
  if (!std::isfinite(got)) return true;
  return bound.error().bound() < lower_double(mignitude(Interval(got) - truth));
}

/// The ball that carries the exact value may certainly not hold it.
template <class Rules>
bool misses(const reference::BasicBounded<Rules>& bound, const Interval& truth) {
  const auto& [middle, radius] = bound.value();
  if (!radius.is_finite()) return false;
  Interval centre;
  mpfi_set_fr(centre.backend().data(), middle.backend().data());
  return radius.bound() < lower_double(mignitude(centre - truth));
}

}  // namespace sca::test
