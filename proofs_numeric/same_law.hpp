#pragma once

#include "theory/geometry.hpp"

namespace sca::proofs {

/// The atoms of the law of X that S can see, in lexicographic order: repeated tokens merged, zero tokens left
/// out.
template <class Real>
Prefix<Real> visible_law(const Prefix<Real>& prefix, bool zero_is_visible) {
  const Prefix<Real> once = merged(prefix);
  Prefix<Real> result{0, prefix.d, {}, {}};
  for (const std::size_t k : lexicographic_order(once)) {
    const auto token = once.token(k);
    if (!zero_is_visible && sup_norm(token) == Real(0)) continue;
    result.tokens.insert(result.tokens.end(), token.begin(), token.end());
    result.weights.push_back(once.weights[k]);
    ++result.t;
  }
  return result;
}

/// phi_a = phi_b everywhere: the laws agree (and conversely, by the injectivity theorem).
template <class Real>
bool same_characteristic_function(const Prefix<Real>& a, const Prefix<Real>& b) {
  const Prefix<Real> x = visible_law(a, true);
  const Prefix<Real> y = visible_law(b, true);
  return x.tokens == y.tokens && x.weights == y.weights;
}

/// S_a = S_b everywhere: the laws agree away from the zero token.
template <class Real>
bool same_gradient_summary(const Prefix<Real>& a, const Prefix<Real>& b) {
  const Prefix<Real> x = visible_law(a, false);
  const Prefix<Real> y = visible_law(b, false);
  return x.tokens == y.tokens && x.weights == y.weights;
}

}  // namespace sca::proofs
