#pragma once

#include "theory/measures/finite_rule.hpp"
#include "theory/quadrature.hpp"

namespace sca {

// Rules on n equispaced nodes s (m - (n-1)/2), m = 0 … n-1, with weights of sum 1, aimed at the ideal kernel
// 1[x = 0] directly. Differences of tokens have delta <= |x| <= D; with s = 2 pi/(D + delta) the angle s x/2
// stays within [pi delta/(D + delta), pi - pi delta/(D + delta)], where sin(s x/2) is at least `least_sine`.

/// 2 pi/(D + delta).
template <class Real>
Real node_spacing(const Real& delta, const Real& spread) {
  return Real(2) * pi<Real>() / (spread + delta);
}

/// sin(pi delta/(D + delta)).
template <class Real>
Real least_sine(const Real& delta, const Real& spread) {
  using std::sin;
  return sin(Real(pi<Real>() * delta / (spread + delta)));
}

/// arccosh(1/cos(pi delta/(D + delta))): what the logarithm of the best kernel's supremum falls by with a
/// node. source   companion.md, Theorem 4.6
template <class Real>
Real dolph_chebyshev_rate(const Real& delta, const Real& spread) {
  using std::cos;
  using std::log;
  using std::sqrt;
  const Real x0 = Real(1) / cos(Real(pi<Real>() * delta / (spread + delta)));
  return log(Real(x0 + sqrt(Real(square(x0) - Real(1)))));
}

/// Equal weights: sin(n y)/(n sin y), y = s x/2; the midpoint rule of [-T, T] with T = n s/2.
template <class Real>
Real uniform_kernel(std::size_t n, const Real& y) {
  return midpoint_kernel(n, Real(Real(static_cast<long>(n)) * y));
}

/// 1/(n `least_sine`) >= |uniform_kernel|.
template <class Real>
Real uniform_kernel_bound(std::size_t n, const Real& sine) {
  return smaller(Real(1), Real(Real(1) / (Real(static_cast<long>(n)) * sine)));
}

/// Fejér weights, the convolution of two equal-weight rules of n1 + n2 = n + 1 nodes (n odd: the triangle).
template <class Real>
Real fejer_kernel(std::size_t n, const Real& y) {
  const std::size_t first = (n + 1) / 2;
  return uniform_kernel(first, y) * uniform_kernel(n + 1 - first, y);
}

/// 1/(n1 n2 `least_sine`^2) >= |fejer_kernel|.
template <class Real>
Real fejer_kernel_bound(std::size_t n, const Real& sine) {
  const std::size_t first = (n + 1) / 2;
  return uniform_kernel_bound(first, sine) * uniform_kernel_bound(n + 1 - first, sine);
}

/// Weights proportional to exp(-theta^2 / (2 sigma^2)): a truncated trapezoid rule for N(0, sigma^2).
///
/// shape    nodes [n], ascending
template <class Real>
FiniteRule<Real> gaussian_rule(std::size_t n, const Real& spacing, const Real& sigma) {
  using std::exp;
  FiniteRule<Real> rule;
  Real total(0);
  for (std::size_t m = 0; m < n; ++m) {
    const Real steps = (Real(static_cast<long>(2 * m + 1)) - Real(static_cast<long>(n))) / Real(2);
    rule.nodes.push_back(spacing * steps);
    rule.weights.push_back(exp(Real(-square(Real(rule.nodes.back() / sigma)) / Real(2))));
    total = total + rule.weights.back();
  }
  for (Real& weight : rule.weights) weight = weight / total;
  return rule;
}

/// n s/(2 delta): the sigma^2 at which the window's bias exp(-sigma^2 delta^2/2) and the weight that is cut
/// off, exp(-(n s/2)^2/(2 sigma^2)), are equal.
template <class Real>
Real balanced_gaussian_variance(std::size_t n, const Real& spacing, const Real& delta) {
  return Real(static_cast<long>(n)) * spacing / (Real(2) * delta);
}

}  // namespace sca
