#pragma once

#include <complex>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "theory/prefix.hpp"

namespace sca::experiments {

/// A readout as a linear function of the rule's kernel: sum_v [c_v K(v) + m_v conj K(v)] over differences v
/// of tokens, in units of the largest |h_k|, so that errors are relative. For Theorem 6.4's quotient it is
/// the quotient's linearisation around the windowed value, and sum_v n_v (K - W)(v) is what the denominator
/// has changed by: the quotient's error is the former over 1 + the latter, exactly.
///
/// shape    points [P, d]; pairs [N]; differences, coefficients, mirrored [N, d]; ideal [N]; denominator [N],
/// empty for a readout that is
///          no quotient
struct Target {
  std::size_t d = 0;
  std::vector<double> points;                              // tokens, and the probe where it is none
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // v is the first point less the second
  std::vector<double> differences;
  std::vector<double> coefficients;  // c
  std::vector<double> mirrored;      // m; all 0 where a query is one wave
  std::vector<double> ideal;         // the kernel wanted: 1[v = 0]
  std::vector<double> denominator;   // n
  std::vector<double> channelwise;   // [N, d]: softsign(h_k) - softsign(h_j), what the layer's phases see
  double spread = 0;                 // D: of the instance
  double separation = 0;             // delta_inf
  double sigma = 0;                  // of the Gaussian window, where the target fixes it

  std::size_t size() const { return ideal.size(); }
  std::span<const double> point(std::size_t p) const { return {points.data() + p * d, d}; }
  std::span<const double> difference(std::size_t v) const { return {differences.data() + v * d, d}; }
  bool is_quotient() const { return !denominator.empty(); }
};

/// Theorem 1's query for token j: t p_k h_k at h_k - h_j, ideal t p_j h_j.
/// domain   t >= 2, distinct tokens
Target token_target(const Prefix<double>& prefix, std::size_t j);

/// Corollary 4's query sum_j alpha_j w_j with the softmax weights of the last token's query; it knows the
/// prefix. Unequal p_k are divided out.
Target attention_oracle_target(const Prefix<double>& prefix, double scale);

/// Theorem 6.4 of companion.md: gate and probe of a Gaussian window, query of the last token alone.
///
/// domain   `sigma` > 0; a token counts t p_k times
Target attention_token_target(const Prefix<double>& prefix, double scale, double sigma);

/// |error|_2 of the readout if the kernel is off by defect_v at v. shape defect [N]
double readout_error(const Target& target, std::span<const std::complex<double>> defect);

/// The same of the layer's elementwise phases, where channel l has a kernel of its own scalars: kernel(v, l).
/// shape channelwise [N, d]
double channelwise_error(const Target& target,
                         const std::function<double(std::size_t v, std::size_t l)>& kernel);

/// An upper bound of `readout_error` if |defect_v| <= bound(v); infinite where a quotient's denominator is
/// not kept away from 0.
double readout_bound(const Target& target, const std::function<double(std::size_t v)>& bound);

}  // namespace sca::experiments
