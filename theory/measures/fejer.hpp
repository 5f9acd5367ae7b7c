#pragma once

#include <span>

#include "theory/scalar.hpp"

namespace sca {

/// The Fejér window: triangular density on [-T, T] per axis. K(x) = prod_l sinc(T x_l / 2)^2 >= 0.
///
/// domain   T > 0
/// source   companion.md, Propositions 4.1, 4.2
template <class Real>
struct Fejer {
  Real half_width;  // T

  Real transform(std::span<const Real> x) const {
    return bounded_product<Real>(
        x.size(), [&](std::size_t l) { return square(sinc(Real(half_width * x[l] / Real(2)))); });
  }
};

}  // namespace sca
