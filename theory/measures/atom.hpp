#pragma once

#include <span>

#include "theory/scalar.hpp"

namespace sca {

/// The corrected Lebesgue readout on [-T, T]^d, integrated over the probe cube |xi - x|_inf <= r: the mass of
/// the measure sum p_k h_k delta_{h_k} near x, which is the legitimate distributional reading of Theorem 1.
/// K(x) = prod_l (1/pi) [Si(T (r + x_l)) + Si(T (r - x_l))].
///
/// domain   T > 0, 0 < r < delta_inf; a scalar whose `Scalar` has a sine integral
/// error    per factor: at x = 0, 1 - O(1/(T r)); at |x| > r, O(1/(T (|x| - r)))
/// source   companion.md, Proposition 4.4
template <class Real>
struct AtomMass {
  Real half_width;  // T
  Real radius;      // r

  Real transform(std::span<const Real> x) const {
    // A factor can exceed 1 (Gibbs: (2/pi) Si(pi) = 1.18), so that the product is taken in full.
    Real product(1);
    for (const Real& component : x) {
      const Real right = Scalar<Real>::sine_integral(Real(half_width * (radius + component)));
      const Real left = Scalar<Real>::sine_integral(Real(half_width * (radius - component)));
      product = product * ((right + left) / pi<Real>());
    }
    return product;
  }
};

}  // namespace sca
