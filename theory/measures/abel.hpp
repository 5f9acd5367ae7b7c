#pragma once

#include <span>

#include "theory/prefix.hpp"

namespace sca {

/// Product Abel window: density prod (eps/2) e^{-eps |theta_l|}. K(x) = prod eps^2 / (eps^2 + x_l^2).
///
/// domain   eps > 0
/// source   companion.md, Propositions 4.1, 4.2
template <class Real>
struct ProductAbel {
  Real epsilon;

  Real transform(std::span<const Real> x) const {
    const Real squared = square(epsilon);
    return bounded_product<Real>(x.size(), [&](std::size_t l) { return squared / (squared + square(x[l])); });
  }
};

/// Radial Abel window: density proportional to e^{-eps |theta|_2}. K(x) = (1 + |x|^2/eps^2)^{-(d+1)/2}.
///
/// domain   eps > 0
/// source   companion.md, Propositions 4.1, 4.2
template <class Real>
struct RadialAbel {
  Real epsilon;

  Real transform(std::span<const Real> x) const {
    using std::sqrt;
    const Real base = Real(1) + norm_squared(x) / square(epsilon);
    return Real(1) / power(Real(sqrt(base)), x.size() + 1);
  }
};

}  // namespace sca
