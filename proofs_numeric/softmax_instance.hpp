#pragma once

#include "proofs_numeric/claim.hpp"

namespace sca::proofs {

/// A softmax head on an instance: query q, scale c and window sigma^2, rational, sized so that scores are
/// moderate whatever the tokens' norms are.
struct SoftmaxHead {
  std::vector<Rational> query;
  Rational scale;
  Rational sigma_squared;
  std::vector<Rational> probe;  // xi = c q / sigma^2
};
SoftmaxHead softmax_head(const Prefix<Rational>& prefix);

/// sum_k g_k h_k K(h_k - xi) for the gate g, sum_k g_k K(h_k - xi), and attention's own output.
struct SoftmaxReadout {
  std::vector<Interval> numerator;
  Interval denominator;
  std::vector<Interval> attention;
};
/// `uniform_gate` leaves the gate at 1, which is not softmax.
SoftmaxReadout read_softmax(const Prefix<Rational>& prefix, const SoftmaxHead& head, bool uniform_gate);

}  // namespace sca::proofs
