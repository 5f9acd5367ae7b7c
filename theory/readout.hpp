#pragma once

#include "theory/characteristic.hpp"
#include "theory/measures/finite_rule.hpp"
#include "theory/query.hpp"

namespace sca {

// A spectral measure mu is any type with `transform(x)` = K(x) = int e^{i<theta, x>} dmu(theta), real or
// Complex. Master identity: int S conj(c e_x) dmu = conj(c) i sum_k p_k h_k K(h_k - x); likewise for phi
// without i h_k. Every interpretation of the paper's integral, every window and every quadrature rule is a
// choice of K.

/// K(h_k - probe) for every token k. shape [t]
template <class Real, class Measure>
auto kernel_values(const Prefix<Real>& prefix, const Measure& measure, std::span<const Real> probe) {
  std::vector<decltype(measure.transform(probe))> values;
  values.reserve(prefix.t);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const std::vector<Real> x = difference(prefix.token(k), probe);
    values.push_back(measure.transform(std::span<const Real>(x)));
  }
  return values;
}

/// int S(theta) conj(w(theta)) dmu(theta): the Hermitian readout of the gradient summary.
///
/// shape    [d], complex
/// error    none beyond the scalar's own: the integral is taken in closed form
/// source   paper section 2.2.2; master identity above
template <class Real, class Measure>
std::vector<Complex<Real>> readout(const Prefix<Real>& prefix, const Measure& measure,
                                   const Query<Real>& query) {
  std::vector<Complex<Real>> result(prefix.d);
  for (const auto& wave : query.waves) {
    const auto kernel = kernel_values(prefix, measure, std::span<const Real>(wave.probe));
    const Complex<Real> factor = times_i(conj(wave.coefficient));
    for (std::size_t a = 0; a < prefix.d; ++a) {
      auto sum = kernel[0] * (prefix.weights[0] * prefix.token(0)[a]);
      for (std::size_t k = 1; k < prefix.t; ++k) {
        sum = sum + kernel[k] * (prefix.weights[k] * prefix.token(k)[a]);
      }
      result[a] += factor * sum;
    }
  }
  return result;
}

/// int phi(theta) conj(w(theta)) dmu(theta): the readout of the characteristic function itself.
/// source   paper Corollary 3(2)
template <class Real, class Measure>
Complex<Real> function_readout(const Prefix<Real>& prefix, const Measure& measure, const Query<Real>& query) {
  Complex<Real> result;
  for (const auto& wave : query.waves) {
    const auto kernel = kernel_values(prefix, measure, std::span<const Real>(wave.probe));
    const Complex<Real> factor = conj(wave.coefficient);
    for (std::size_t k = 0; k < prefix.t; ++k) result += factor * (kernel[k] * prefix.weights[k]);
  }
  return result;
}

/// sum_m omega_m S(theta_m) conj(w(theta_m)), point by point: what the layer computes, and a route to the
/// readout that does not go through K.
///
/// shape    [d], complex
/// source   paper section 2.2.3
template <class Real>
std::vector<Complex<Real>> pointwise_readout(const Prefix<Real>& prefix, const FiniteRule<Real>& rule,
                                             const Query<Real>& query) {
  std::vector<Complex<Real>> result(prefix.d);
  for (std::size_t m = 0; m < rule.weights.size(); ++m) {
    const auto theta = rule.node(m, prefix.d);
    const auto summary = gradient_summary(prefix, theta);
    const Complex<Real> weight = conj(evaluate(query, theta)) * rule.weights[m];
    for (std::size_t a = 0; a < prefix.d; ++a) result[a] += summary[a] * weight;
  }
  return result;
}

}  // namespace sca
