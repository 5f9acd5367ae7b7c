#pragma once

#include <span>

#include "theory/prefix.hpp"

namespace sca {

/// theta ~ N(0, sigma^2 I). K(x) = exp(-sigma^2 |x|^2 / 2).
///
/// domain   sigma > 0
/// source   companion.md, Propositions 4.1, 4.2 and Theorem 6.4
template <class Real>
struct Gaussian {
  Real sigma;

  Real transform(std::span<const Real> x) const {
    using std::exp;
    return exp(Real(-(square(sigma) * norm_squared(x)) / Real(2)));
  }
};

}  // namespace sca
