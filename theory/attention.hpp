#pragma once

#include <span>
#include <vector>

#include "theory/prefix.hpp"

namespace sca {

/// softmax of `scores`: e^{s_k} / sum_l e^{s_l}.
///
/// shape    scores [t] -> [t]
/// domain   t >= 1; no overflow for floating scalars: the largest score is subtracted
template <class Real>
std::vector<Real> softmax(const std::vector<Real>& scores) {
  using std::exp;
  Real top = scores[0];
  for (const Real& s : scores) top = larger(top, s);
  std::vector<Real> result;
  Real total(0);
  for (const Real& s : scores) {
    result.push_back(exp(Real(s - top)));
    total = total + result.back();
  }
  for (Real& r : result) r = r / total;
  return result;
}

/// softmax_k(c <q, h_k>): attention's weights with keys h_k (a head's W_K is absorbed in q, its 1/sqrt(d_k)
/// in c).
///
/// shape    query [d] -> [t]
/// source   paper Corollary 4
template <class Real>
std::vector<Real> attention_weights(const Prefix<Real>& prefix, std::span<const Real> query,
                                    const Real& scale) {
  std::vector<Real> scores;
  for (std::size_t k = 0; k < prefix.t; ++k) scores.push_back(scale * dot(query, prefix.token(k)));
  return softmax(scores);
}

/// sum_k alpha_k h_k: attention with values h_k.
///
/// shape    alpha [t] -> [d]
template <class Real>
std::vector<Real> mixture(const Prefix<Real>& prefix, std::span<const Real> alpha) {
  std::vector<Real> sum(prefix.d, Real(0));
  for (std::size_t k = 0; k < prefix.t; ++k) {
    for (std::size_t a = 0; a < prefix.d; ++a) sum[a] = sum[a] + alpha[k] * prefix.token(k)[a];
  }
  return sum;
}

/// g_k = exp(sigma^2 |h_k|^2 / 2): the gate under which a Gaussian window at `gaussian_probe` is softmax
/// attention: g_k exp(-sigma^2 |h_k - xi|^2 / 2) = exp(sigma^2 <xi, h_k>) exp(-sigma^2 |xi|^2 / 2), and the
/// last factor cancels.
///
/// shape    [t]
/// source   companion.md, Theorem 6.4
template <class Real>
std::vector<Real> gaussian_gate(const Prefix<Real>& prefix, const Real& sigma_squared) {
  using std::exp;
  std::vector<Real> gate;
  for (std::size_t k = 0; k < prefix.t; ++k) {
    gate.push_back(exp(Real(sigma_squared * norm_squared(prefix.token(k)) / Real(2))));
  }
  return gate;
}

/// xi = c q / sigma^2.
///
/// shape    query [d] -> [d]
/// domain   sigma^2 > 0
/// source   companion.md, Theorem 6.4
template <class Real>
std::vector<Real> gaussian_probe(std::span<const Real> query, const Real& scale, const Real& sigma_squared) {
  std::vector<Real> probe;
  for (const Real& q : query) probe.push_back(scale * q / sigma_squared);
  return probe;
}

}  // namespace sca
