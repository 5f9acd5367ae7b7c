#pragma once

#include "theory/measures/finite_rule.hpp"
#include "theory/quadrature.hpp"

namespace sca {

// Rules on one axis, for the mean over [-1, 1]: weights of sum 1. Their nodes times T make rules for the cube
// mean; products make rules on [-T, T]^d.

/// The midpoints of n equal panels.
///
/// shape    nodes [n], ascending
/// domain   n >= 1
template <class Real>
FiniteRule<Real> midpoint_rule(std::size_t n) {
  FiniteRule<Real> rule;
  const Real count(static_cast<long>(n));
  for (std::size_t m = 0; m < n; ++m) {
    rule.nodes.push_back(Real(static_cast<long>(2 * m + 1)) / count - Real(1));
    rule.weights.push_back(Real(1) / count);
  }
  return rule;
}

/// The ends of n equal panels, the outermost with half weight.
///
/// shape    nodes [n + 1], ascending
/// domain   n >= 1
template <class Real>
FiniteRule<Real> trapezoid_rule(std::size_t n) {
  FiniteRule<Real> rule;
  const Real count(static_cast<long>(n));
  for (std::size_t m = 0; m <= n; ++m) {
    rule.nodes.push_back(Real(static_cast<long>(2 * m)) / count - Real(1));
    rule.weights.push_back(Real(1) / (count * Real(m == 0 || m == n ? 2 : 1)));
  }
  return rule;
}

/// The extrema cos(k pi/n) of T_n with the interpolatory weights, which are positive.
///
/// shape    nodes [n + 1], descending
/// domain   n >= 1; O(n^2)
/// error    exact on polynomials of degree <= n, up to rounding
/// source   L. N. Trefethen, Is Gauss quadrature better than Clenshaw–Curtis?
/// (2008)
template <class Real>
FiniteRule<Real> clenshaw_curtis_rule(std::size_t n) {
  using std::cos;
  FiniteRule<Real> rule;
  const Real count(static_cast<long>(n));
  std::vector<Real> cosine;  // cos(k pi/n), one period
  for (std::size_t k = 0; k < 2 * n; ++k)
    cosine.push_back(cos(Real(pi<Real>() * Real(static_cast<long>(k)) / count)));
  for (std::size_t k = 0; k <= n; ++k) {
    Real sum(1);
    for (std::size_t j = 1; 2 * j <= n; ++j) {
      const Real moment = Real(2 * j == n ? 1 : 2) / Real(static_cast<long>(4 * j * j - 1));
      sum = sum - moment * cosine[2 * j * k % (2 * n)];
    }
    rule.nodes.push_back(cosine[k]);
    rule.weights.push_back(sum / (count * Real(k == 0 || k == n ? 2 : 1)));
  }
  return rule;
}

/// 4 (a/2)^e / e! with e the first even degree that the rule on n panels misses: bounds |sinc(a) -
/// Clenshaw–Curtis| for (2T)^-1 int cos(theta x) over [-T, T].
///
/// domain   n >= 1; a = T |x|; exact over rationals
/// error    covers the rule alone; above 1 until n is about e a/2. The true
/// error is smaller by about n^3: what T_{n+p} is mistaken for, T_{n-p}, has nearly the same integral
/// source   weights are positive of sum 1, so that the error is at most 2 min
/// over polynomials p of degree < e of sup |cos(a u) - p(u)|, and interpolation at Chebyshev points leaves
/// 2^{1-e} a^e / e!
template <class Real>
Real clenshaw_curtis_bound(std::size_t n, const Real& a) {
  const std::size_t missed = n + (n % 2 == 0 ? 2 : 1);
  return Real(4) * detail::product_over<Real>(missed, [&](const Real& k) { return a / (Real(2) * k); });
}

/// sum over the axes of `bound`(x_l): bounds what a product rule does to a product window, if the rule's and
/// the window's factors all lie in [-1, 1] and differ by at most bound(x_l) on axis l. source   prod k_l -
/// prod w_l telescopes
template <class Real, class Bound>
Real product_rule_bound(std::span<const Real> x, Bound bound) {
  Real sum(0);
  for (const Real& component : x) sum = sum + bound(component);
  return sum;
}

}  // namespace sca
