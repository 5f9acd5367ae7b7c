#pragma once

#include "theory/scalar.hpp"

namespace sca {

// One axis of the atom mass: f(x) = (1/pi) [Si(T (r + x)) + Si(T (r - x))], the smoothed indicator of |x| <
// r. For y > 0, |Si(y) - pi/2| <= 1/y (DLMF 6.2.17-18: Si = pi/2 - f cos - g sin with f^2 + g^2 <= 1/y^2).

/// |f(x) - 1| for |x| < r.
template <class Real>
Real atom_inside_defect(const Real& distance, const Real& half_width, const Real& radius) {
  return (Real(1) / (half_width * (radius + distance)) + Real(1) / (half_width * (radius - distance))) /
         pi<Real>();
}

/// |f(x)| for |x| > r.
template <class Real>
Real atom_outside_bound(const Real& distance, const Real& half_width, const Real& radius) {
  return (Real(1) / (half_width * (distance + radius)) + Real(1) / (half_width * (distance - radius))) /
         pi<Real>();
}

/// (1 + 2/(pi T r))^d - 1 >= |prod_l f(0) - 1|.
template <class Real>
Real atom_own_defect(std::size_t d, const Real& half_width, const Real& radius) {
  return power(Real(Real(1) + atom_inside_defect(Real(0), half_width, radius)), d) - Real(1);
}

/// sup |f| <= (2/pi) Si(pi), Gibbs.
template <class Real>
Real atom_factor_sup() {
  return Real(2) / pi<Real>() * Scalar<Real>::sine_integral(pi<Real>());
}

}  // namespace sca
