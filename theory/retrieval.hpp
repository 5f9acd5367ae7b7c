#pragma once

#include "theory/geometry.hpp"
#include "theory/readout.hpp"

namespace sca {

// Theorem 1 read under a measure of mass K(0) = 1: the query i t e^{i<theta, h_j>} returns t p_j h_j + err_j
// with err_j = t sum_{k != j} p_k h_k K(h_k - h_j). Whatever bounds |K| away from 0 bounds the error.

/// t p_j h_j, what Theorem 1's query aims at; h_j itself under the uniform law p_k = 1/t.
template <class Real>
std::vector<Real> retrieval_target(const Prefix<Real>& prefix, std::size_t j) {
  std::vector<Real> target;
  const Real scale = Real(static_cast<long>(prefix.t)) * prefix.weights[j];
  for (const Real& component : prefix.token(j)) target.push_back(scale * component);
  return target;
}

/// t p_k |h_k|_2 for every token. shape [t]
template <class Real>
std::vector<Real> retrieval_magnitudes(const Prefix<Real>& prefix) {
  std::vector<Real> result;
  const Real t(static_cast<long>(prefix.t));
  for (std::size_t k = 0; k < prefix.t; ++k) {
    result.push_back(t * prefix.weights[k] * euclidean_norm(prefix.token(k)));
  }
  return result;
}

/// sum_{k != j} t p_k |h_k| majorant(h_k - h_j), an upper bound of |err_j|_2.
///
/// domain   majorant(x) >= |K(x)| for every difference x of the prefix
/// error    covers the window's bias alone: not rounding, not a quadrature rule for the window
/// source   companion.md, Theorem 2.3 (A1 with `cube_majorant`), 1c
template <class Real, class Majorant>
Real retrieval_bound(const Prefix<Real>& prefix, const std::vector<Real>& magnitudes, std::size_t j,
                     Majorant majorant) {
  Real bound(0);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    if (k == j) continue;
    const std::vector<Real> x = difference(prefix.token(k), prefix.token(j));
    bound = bound + magnitudes[k] * majorant(std::span<const Real>(x));
  }
  return bound;
}

/// prod_l min(1, 1/(T |x_l|)) >= prod_l |sinc(T x_l)|.
template <class Real>
Real cube_majorant(std::span<const Real> x, const Real& half_width) {
  using std::abs;
  return bounded_product<Real>(x.size(), [&](std::size_t l) {
    // min(1, 1/y) = 1/max(1, y), which has no division by zero.
    return Real(1) / larger(Real(1), Real(half_width * Real(abs(x[l]))));
  });
}

/// A2 / sum_{k != j} t p_k |h_k|: 1/(T delta_inf).
/// domain   T, delta_inf > 0
template <class Real>
Real cube_majorant_far(const Real& half_width, const Real& sup_separation) {
  return Real(1) / (half_width * sup_separation);
}

/// 2 H_{ceil((t-1)/2)} / (T delta): times max |h|, the bound of |err_j| in d = 1 for uniform weights. It
/// grows with log t where A2 grows with t, because sorted tokens satisfy |h_k - h_j| >= delta |k - j|.
template <class Real>
Real harmonic_bound(std::size_t tokens, const Real& half_width, const Real& separation) {
  Real harmonic(0);
  for (std::size_t n = 1; n <= tokens / 2; ++n) harmonic = harmonic + Real(1) / Real(static_cast<long>(n));
  return Real(2) * harmonic / (half_width * separation);
}

/// [(1+e)^{d-1} (1 - (2d-1) e), (1+e)^d] with e = pi/(T delta_inf): holds every eigenvalue of the Gram matrix
/// G_jk = prod_l sinc(T (h_j - h_k)_l). The lower end says something for e < 1/(2d-1) only.
/// source   Selberg's majorant and minorant, companion.md, Theorem 2.3
template <class Real>
struct GramBounds {
  Real low;
  Real high;
};

template <class Real>
GramBounds<Real> gram_bounds(std::size_t d, const Real& half_width, const Real& sup_separation) {
  const Real e = pi<Real>() / (half_width * sup_separation);
  const Real high = power(Real(Real(1) + e), d);
  return {high / (Real(1) + e) * (Real(1) - Real(static_cast<long>(2 * d - 1)) * e), high};
}

/// min(1, 4/(T |x|)^2), the Fejér kernel's majorant in terms of the sup distance |x|.
template <class Real>
Real fejer_majorant(const Real& half_width, const Real& sup_distance) {
  return Real(4) / square(larger(Real(2), Real(half_width * sup_distance)));
}

/// (4 pi^2/3)/(T delta)^2, times max |h|: t-free Fejér bound, d = 1, uniform weights.
template <class Real>
Real fejer_uniform_bound(const Real& half_width, const Real& separation) {
  return Real(4) * square(pi<Real>()) / (Real(3) * square(Real(half_width * separation)));
}

/// 2 e^{-a^2/2}/(1 - e^{-3a^2/2}), a = sigma delta, times max |h|: t-free Gaussian bound, d = 1, uniform
/// weights.
template <class Real>
Real gaussian_uniform_bound(const Real& sigma, const Real& separation) {
  using std::exp;
  const Real half_square = square(Real(sigma * separation)) / Real(2);
  return Real(2) * exp(Real(-half_square)) / (Real(1) - exp(Real(Real(-3) * half_square)));
}

/// y coth y - 1, y = pi eps/delta, times max |h|: t-free Abel bound, d = 1, uniform weights.
template <class Real>
Real abel_uniform_bound(const Real& epsilon, const Real& separation) {
  using std::exp;
  const Real y = pi<Real>() * epsilon / separation;
  const Real decay = exp(Real(Real(-2) * y));
  return y * (Real(1) + decay) / (Real(1) - decay) - Real(1);
}

/// 2 exp(-(n-1) arccosh(1/cos(pi delta/(D+delta)))): upper bound of the Dolph–Chebyshev kernel's sup on one
/// axis.
/// domain   0 < delta < D
template <class Real>
Real dolph_chebyshev_decay(std::size_t nodes, const Real& delta, const Real& spread) {
  using std::cos;
  using std::sqrt;
  const Real x0 = Real(1) / cos(Real(pi<Real>() * delta / (spread + delta)));
  const Real growth = x0 + sqrt(Real(square(x0) - Real(1)));  // e^{arccosh x0}
  return Real(2) / power(growth, nodes - 1);
}

}  // namespace sca
