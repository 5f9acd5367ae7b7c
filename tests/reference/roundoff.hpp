#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "reference/scalars.hpp"
#include "reference/tensor.hpp"

namespace sca::reference::test {

// How far apart may two evaluations of the same formulas be? Every operation of an interval evaluation at p
// bits contains the exact result and every rounding of it to p bits, so that any evaluation whose operations
// err by at most an ulp of p bits lies inside, and two of them differ by at most the interval's width. p is
// taken two or three bits below the precision that is judged, which leaves room for library functions that
// are off by a few ulp and for sums in another order.

/// Bits to ask for so that widths judge double: the scope rounds them up to 51.
constexpr unsigned judging_bits = 47;
/// The same for Float at 50 digits, which has 168 bits or more.
constexpr unsigned judging_bits_50 = 160;

inline double width(const Interval& x) { return upper_double(magnitude(x - midpoint(x)) * Interval(2)); }

/// The largest |a - b| / width over a tensor: at most 1 where rounding explains the difference. NaN and a
/// missing bound (infinite width) count as infinite: neither may pass.
template <class Real, class Other>
double clearance(const Tensor<Real>& a, const Tensor<Other>& b, const Tensor<Interval>& enclosure,
                 double stored_unit = 0) {
  EXPECT_EQ(a.data.size(), b.data.size());
  EXPECT_EQ(a.data.size(), enclosure.data.size());
  double worst = 0;
  for (std::size_t i = 0; i < std::min({a.data.size(), b.data.size(), enclosure.data.size()}); ++i) {
    const double error = std::abs(static_cast<double>(Float(Float(a.data[i]) - Float(b.data[i]))));
    const double bound = width(enclosure.data[i]) + stored_unit * std::abs(static_cast<double>(a.data[i]));
    if (!(error <= bound) || !std::isfinite(bound)) return error / bound > 1 ? error / bound : INFINITY;
    if (bound > 0) worst = std::max(worst, error / bound);
  }
  return worst;
}

/// The largest width over the tensor's root mean square: what share of a typical entry the bound is.
inline double relative_bound(const Tensor<Interval>& enclosure) {
  double widest = 0;
  double squares = 0;
  for (const Interval& x : enclosure.data) {
    widest = std::max(widest, width(x));
    const double middle = (upper_double(x) + lower_double(x)) / 2;
    squares += middle * middle;
  }
  return widest / std::sqrt(squares / static_cast<double>(enclosure.data.size()));
}

}  // namespace sca::reference::test
