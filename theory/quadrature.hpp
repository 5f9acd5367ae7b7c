#pragma once

#include <span>

#include "theory/scalar.hpp"

namespace sca {

// A rule of n nodes on an axis for a window with transform K is itself a measure, with its own transform.
// What the rule does to a retrieval is the difference of the two, which depends on a = T |x| (or sigma |x|)
// alone.

/// (1/n) sum of cos(theta_m x) over the midpoints of n equal panels of [-T, T]: sin(a)/(n sin(a/n)), a = T x.
///
/// domain   a/n not a nonzero multiple of pi, where the rule aliases and is +-1; 1 at a = 0
/// error    it exceeds sinc(a) by about a^2/(6 n^2) sinc(a) for a < n; beyond |a| ~ n pi/2 it grows again
/// source   companion.md, section 9; a Dirichlet kernel
template <class Real>
Real midpoint_kernel(std::size_t n, const Real& a) {
  return sinc(a) / sinc(Real(a / Real(static_cast<long>(n))));
}

/// The trapezoid rule of n panels (n + 1 nodes, the ends with half weight): sin(a)/(n tan(a/n)), a = T x.
///
/// domain   as `midpoint_kernel`
/// error    it falls short of sinc(a) by about a^2/(3 n^2) sinc(a) for a < n
/// source   companion.md, section 9
template <class Real>
Real trapezoid_kernel(std::size_t n, const Real& a) {
  using std::cos;
  return midpoint_kernel(n, a) * cos(Real(a / Real(static_cast<long>(n))));
}

namespace detail {

// prod_{k=1}^{n} factor(k): the factorials of a remainder one ratio at a time, so that doubles do not
// overflow and rationals stay exact.
template <class Real, class Factor>
Real product_over(std::size_t n, Factor factor) {
  Real product(1);
  for (std::size_t k = 1; k <= n; ++k) product = product * factor(Real(static_cast<long>(k)));
  return product;
}

}  // namespace detail

/// 2^{2n} (n!)^4 a^{2n} / ((2n+1) (2n)!^3): bounds |sinc(a) - n-point Gauss–Legendre| for (2T)^-1 int
/// cos(theta x) over [-T, T].
///
/// domain   n >= 1; a = T |x|; exact over rationals
/// error    covers the rule alone; above 1 (it says nothing) until n is about e a/4
/// source   the classical remainder with |d^{2n} cos(a u)/du^{2n}| <= a^{2n}; companion.md, section 9
template <class Real>
Real gauss_legendre_bound(std::size_t n, const Real& a) {
  const Real squared = square(a);
  const Real product = detail::product_over<Real>(
      n, [&](const Real& k) { return k * squared / (Real(2) * power(Real(Real(2) * k - Real(1)), 3)); });
  return product / Real(static_cast<long>(2 * n + 1));
}

/// n! a^{2n} / (2n)!: bounds |exp(-a^2/2) - n-point Gauss–Hermite| for E cos(theta x), theta ~ N(0, sigma^2).
///
/// domain   n >= 1; a = sigma |x|; exact over rationals
/// error    covers the rule alone; above 1 until n is about e a^2/4
/// source   the classical remainder with |d^{2n} cos(a u)/du^{2n}| <= a^{2n}; companion.md, section 9
template <class Real>
Real gauss_hermite_bound(std::size_t n, const Real& a) {
  const Real squared = square(a);
  return detail::product_over<Real>(
      n, [&](const Real& k) { return squared / (Real(2) * (Real(2) * k - Real(1))); });
}

/// sum_i w_i cos(scale node_i x): what a symmetric one-axis rule makes of cos(theta x), theta = scale node.
///
/// shape    nodes [n], weights [n]
template <class Real>
Real cosine_rule(std::span<const Real> nodes, std::span<const Real> weights, const Real& scale_times_x) {
  using std::cos;
  Real sum(0);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    sum = sum + weights[i] * cos(Real(nodes[i] * scale_times_x));
  }
  return sum;
}

/// Midpoint rule of n panels per axis on [-T, T]^d: `midpoint_kernel` on every axis.
///
/// domain   T > 0, n >= 1
template <class Real>
struct MidpointRule {
  std::size_t panels;
  Real half_width;  // T

  Real transform(std::span<const Real> x) const {
    return bounded_product<Real>(
        x.size(), [&](std::size_t l) { return midpoint_kernel(panels, Real(half_width * x[l])); });
  }
};

/// Trapezoid rule of n panels (n + 1 nodes) per axis on [-T, T]^d: `trapezoid_kernel` on every axis.
///
/// domain   T > 0, n >= 1
template <class Real>
struct TrapezoidRule {
  std::size_t panels;
  Real half_width;  // T

  Real transform(std::span<const Real> x) const {
    return bounded_product<Real>(
        x.size(), [&](std::size_t l) { return trapezoid_kernel(panels, Real(half_width * x[l])); });
  }
};

}  // namespace sca
