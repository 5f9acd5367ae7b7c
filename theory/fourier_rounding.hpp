#pragma once

#include "theory/scalar.hpp"

namespace sca {

/// ||fl(F x) - F x||_2 / ||F x||_2 <= L eta / (1 - L eta), eta = mu + gamma_4 (sqrt 2 + mu): a Cooley–Tukey
/// transform of 2^L points in unit roundoff u with twiddle factors good to mu.
///
/// domain   L eta < 1; round to nearest, no overflow; x itself exact. Several dimensions count as one
///          transform of L = sum of the axes' levels
/// error    covers radix 2; larger radices do fewer roundings a level, which is assumed of the library, not
///          proven
/// source   Higham, Accuracy and Stability of Numerical Algorithms (2002), Theorem 24.2
template <class Real>
Real fft_relative_error(std::size_t levels, const Real& unit_roundoff, const Real& twiddle_error) {
  using std::sqrt;
  const Real four_u = Real(4) * unit_roundoff;
  const Real gamma4 = four_u / (Real(1) - four_u);
  const Real eta = twiddle_error + gamma4 * (Real(sqrt(Real(2))) + twiddle_error);
  const Real total = Real(static_cast<long>(levels)) * eta;
  return total / (Real(1) - total);
}

}  // namespace sca
