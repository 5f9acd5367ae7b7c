#pragma once

#include "theory/scalar.hpp"

namespace sca {

/// The Chebyshev polynomial T_n(y) by T_{2m} = 2 T_m^2 - 1, T_{2m+1} = 2 T_m T_{m+1} - y: log2(n) steps, so
/// that an interval's width grows like a power of n rather than exponentially, as the three-term recurrence's
/// would.
///
/// domain   any real y
/// source   DLMF 18.5, 18.9
template <class Real>
Real chebyshev_t(std::size_t n, const Real& y) {
  Real low(1);    // T_m
  Real high = y;  // T_{m+1}
  std::size_t bit = 1;
  while (bit <= n / 2) bit <<= 1;
  for (; bit != 0; bit >>= 1) {
    const Real between = Real(2) * low * high - y;
    if (n & bit) {
      low = between;
      high = Real(2) * square(high) - Real(1);
    } else {
      high = between;
      low = Real(2) * square(low) - Real(1);
    }
  }
  return low;
}

}  // namespace sca
