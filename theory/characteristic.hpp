#pragma once

#include "theory/complex.hpp"
#include "theory/prefix.hpp"

namespace sca {

/// phi(theta) = sum_k p_k e^{i<theta, h_k>}.
///
/// shape    theta [d]
/// source   paper section 2.2.1, Corollary 3
template <class Real>
Complex<Real> characteristic_function(const Prefix<Real>& prefix, std::span<const Real> theta) {
  Complex<Real> sum;
  for (std::size_t k = 0; k < prefix.t; ++k) {
    sum += expi(dot(theta, prefix.token(k))) * prefix.weights[k];
  }
  return sum;
}

/// S(theta) = grad phi(theta) = i sum_k p_k h_k e^{i<theta, h_k>}: the gradient summary.
///
/// shape    theta [d] -> [d], complex
/// source   paper section 2.2.1, Corollary 3(1)
template <class Real>
std::vector<Complex<Real>> gradient_summary(const Prefix<Real>& prefix, std::span<const Real> theta) {
  std::vector<Complex<Real>> sum(prefix.d);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const auto token = prefix.token(k);
    const Complex<Real> wave = times_i(expi(dot(theta, token))) * prefix.weights[k];
    for (std::size_t a = 0; a < prefix.d; ++a) sum[a] += wave * token[a];
  }
  return sum;
}

/// The moment sum_k p_k prod_i (h_k)_{axes[i]}, of order axes.size(), not divided by Z; exact over rationals.
template <class Real>
Real moment(const Prefix<Real>& prefix, std::span<const std::size_t> axes) {
  Real sum(0);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    Real term = prefix.weights[k];
    for (const std::size_t a : axes) term = term * prefix.token(k)[a];
    sum = sum + term;
  }
  return sum;
}

/// int_0^1 S(s theta).theta ds = phi(theta) - phi(0), with phi(0) = Z.
/// source   paper Corollary 3(3), where phi(0) = 1 is assumed
template <class Real>
Complex<Real> path_integral(const Prefix<Real>& prefix, std::span<const Real> theta) {
  return characteristic_function(prefix, theta) - Complex<Real>{total_weight(prefix), Real(0)};
}

/// Bohr mean of |S|^2 = sum_k p_k^2 |h_k|^2 for distinct tokens. It is positive unless all tokens are zero,
/// so that int over a growing cube of |S|^2 diverges: S is not in L^2(R^d).
template <class Real>
Real mean_square_summary(const Prefix<Real>& prefix) {
  Real sum(0);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    sum = sum + square(prefix.weights[k]) * norm_squared(prefix.token(k));
  }
  return sum;
}

}  // namespace sca
