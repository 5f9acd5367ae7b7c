#pragma once

#include <gtest/gtest.h>

#include "reference/interval.hpp"

namespace sca::test {

/// `value` may be `exact`, and every number in it is within 10^-digits of `exact`: inclusion alone tests
/// nothing, because an enclosure that is always [-inf, inf] includes everything.
inline void expect_encloses(const Interval& value, const Interval& exact, int digits) {
  const Interval gap = value - exact;
  EXPECT_TRUE(contains_zero(gap)) << lower_decimal(gap, 6) << " … " << upper_decimal(gap, 6);
  const Interval allowed = Interval(1) / power(Interval(10), static_cast<std::size_t>(digits));
  EXPECT_TRUE(certainly_less(magnitude(gap), allowed)) << "too wide: " << upper_decimal(magnitude(gap), 6);
}

}  // namespace sca::test
