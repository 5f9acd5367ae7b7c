#pragma once

#include <span>
#include <vector>

#include "theory/characteristic.hpp"

namespace sca {

// Recovering an unknown scalar support from phi on a line (Prony, matrix pencil). With z_k = e^{i s h_k} the
// samples are phi(s n) = sum_k p_k z_k^n, and V_nk = z_k^n (n < t) decides how many digits the recovery
// loses.

/// phi(s n), n = 0 … count-1.
///
/// domain   d = 1
/// source   companion.md, section 8; t tokens need count = 2t
template <class Real>
std::vector<Complex<Real>> prony_samples(const Prefix<Real>& prefix, const Real& spacing, std::size_t count) {
  std::vector<Complex<Real>> samples;
  for (std::size_t n = 0; n < count; ++n) {
    const Real theta = spacing * Real(static_cast<long>(n));
    samples.push_back(characteristic_function(prefix, std::span<const Real>(&theta, 1)));
  }
  return samples;
}

/// |z_k - z_l|^2 = 4 sin^2(s (h_k - h_l)/2).
/// domain   d = 1
template <class Real>
Real node_distance_squared(const Prefix<Real>& prefix, const Real& spacing, std::size_t k, std::size_t l) {
  using std::sin;
  const Real x = prefix.tokens[k] - prefix.tokens[l];
  return Real(4) * square(Real(sin(Real(spacing * x / Real(2)))));
}

/// prod_{l != k} |z_k - z_l|^2 for every k. shape [t]
template <class Real>
std::vector<Real> node_products(const Prefix<Real>& prefix, const Real& spacing) {
  std::vector<Real> products(prefix.t, Real(1));
  for (std::size_t k = 0; k < prefix.t; ++k) {
    for (std::size_t l = 0; l < prefix.t; ++l) {
      if (l != k) products[k] = products[k] * node_distance_squared(prefix, spacing, k, l);
    }
  }
  return products;
}

/// |e_k^T V^-1|_2^2 for every k: row k of V^-1 holds the coefficients of the Lagrange polynomial
/// prod_{l != k} (z - z_l)/(z_k - z_l).
///
/// shape    [t]
/// domain   d = 1, t >= 1, s (h_k - h_l) not a multiple of 2 pi
/// error    intervals: the coefficients are sums of t-fold products of unit numbers, absolute error 2^t ulp
template <class Real>
std::vector<Real> inverse_row_norms(const Prefix<Real>& prefix, const Real& spacing) {
  const std::vector<Real> products = node_products(prefix, spacing);
  std::vector<Real> norms;
  for (std::size_t k = 0; k < prefix.t; ++k) {
    std::vector<Complex<Real>> coefficients{{Real(1), Real(0)}};  // of prod (z - z_l), constant term first
    for (std::size_t l = 0; l < prefix.t; ++l) {
      if (l == k) continue;
      const Complex<Real> root = expi(Real(spacing * prefix.tokens[l]));
      coefficients.emplace_back();
      for (std::size_t n = coefficients.size(); n-- > 0;) {
        const Complex<Real> below = n > 0 ? coefficients[n - 1] : Complex<Real>{};
        coefficients[n] = below - coefficients[n] * root;
      }
    }
    Real sum(0);
    for (const Complex<Real>& c : coefficients) sum = sum + norm(c);
    norms.push_back(sum / products[k]);
  }
  return norms;
}

/// max_k log10(2t |e_k^T V^-1|^2 / (p_k s)): decimal digits lost, to first order, from the samples to a
/// token.
///
/// shape    row_norms [t], of `inverse_row_norms`
/// domain   p_k > 0, s > 0; the derivative at vanishing noise only, not a bound at a finite one
/// source   companion.md, section 8
template <class Real>
Real prony_digits(const Prefix<Real>& prefix, const Real& spacing, std::span<const Real> row_norms) {
  using std::log10;
  const Real count = Real(static_cast<long>(2 * prefix.t));
  const auto digits = [&](std::size_t k) {
    return Real(log10(Real(count * row_norms[k] / (prefix.weights[k] * spacing))));
  };
  Real worst = digits(0);
  for (std::size_t k = 1; k < prefix.t; ++k) worst = larger(worst, digits(k));
  return worst;
}

/// 4^{t-1} / prod_{l != k} |z_k - z_l|^2 >= |e_k^T V^-1|^2, in closed form. shape [t]
/// source   coefficients of a product of t-1 unit factors have l1 norm <= 2^{t-1}; companion.md, section 8
template <class Real>
std::vector<Real> inverse_row_norm_bounds(const Prefix<Real>& prefix, const Real& spacing) {
  std::vector<Real> bounds;
  for (const Real& product : node_products(prefix, spacing)) {
    bounds.push_back(power(Real(4), prefix.t - 1) / product);
  }
  return bounds;
}

/// |det [phi(s (a + b))]_{a,b<t}| = prod_k p_k prod_{k<l} |z_k - z_l|^2: the Hankel matrix is V diag(p) V^T.
template <class Real>
Real hankel_determinant(const Prefix<Real>& prefix, const Real& spacing) {
  Real product(1);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    product = product * prefix.weights[k];
    for (std::size_t l = 0; l < k; ++l) product = product * node_distance_squared(prefix, spacing, k, l);
  }
  return product;
}

}  // namespace sca
