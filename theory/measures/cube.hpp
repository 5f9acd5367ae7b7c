#pragma once

#include <span>

#include "theory/scalar.hpp"

namespace sca {

/// The Bohr mean's approximant: the uniform law on [-T, T]^d. K(x) = prod_l sinc(T x_l).
///
/// domain   T > 0
/// source   companion.md, Theorem 2.3; K tends to 1[x = 0], a Kronecker delta, as T grows
template <class Real>
struct CubeMean {
  Real half_width;  // T

  Real transform(std::span<const Real> x) const {
    return bounded_product<Real>(x.size(), [&](std::size_t l) { return sinc(Real(half_width * x[l])); });
  }
};

/// Lebesgue measure on [-T, T]^d: the paper's integral, truncated. K(x) = (2T)^d prod_l sinc(T x_l).
///
/// domain   T > 0
/// source   paper section 2.2.2; K tends to (2 pi)^d times a Dirac delta, which no point evaluation survives
template <class Real>
struct LebesgueCube {
  Real half_width;  // T

  Real transform(std::span<const Real> x) const {
    return power(Real(Real(2) * half_width), x.size()) * CubeMean<Real>{half_width}.transform(x);
  }
};

/// The Bohr mean itself, lim (2T)^-d int over [-T, T]^d: K(x) = 1[x = 0].
///
/// domain   an exact ordered scalar
template <class Real>
struct BohrMean {
  Real transform(std::span<const Real> x) const {
    for (const Real& component : x) {
      if (component != Real(0)) return Real(0);
    }
    return Real(1);
  }
};

}  // namespace sca
