#include "proofs_numeric/softmax_instance.hpp"

#include <utility>

#include "theory/attention.hpp"
#include "theory/measures/gaussian.hpp"
#include "theory/readout.hpp"

namespace sca::proofs {
namespace {

std::vector<Interval> enclosed(const std::vector<Rational>& values) {
  std::vector<Interval> result;
  for (const Rational& value : values) result.push_back(to_interval(value));
  return result;
}

}  // namespace

SoftmaxHead softmax_head(const Prefix<Rational>& prefix) {
  Rational largest = 0;
  for (std::size_t k = 0; k < prefix.t; ++k) largest = larger(largest, norm_squared(prefix.token(k)));
  if (largest == 0) largest = 1;
  SoftmaxHead head{{}, Rational(3) / largest, Rational(2) / largest, {}};
  for (std::size_t a = 0; a < prefix.d; ++a) {
    head.query.push_back(prefix.token(0)[a] - prefix.token(prefix.t - 1)[a] / 3);
    head.probe.push_back(head.scale * head.query[a] / head.sigma_squared);
  }
  return head;
}

SoftmaxReadout read_softmax(const Prefix<Rational>& prefix, const SoftmaxHead& head, bool uniform_gate) {
  Prefix<Interval> gated = prefix_cast<Interval>(prefix, to_interval);
  const Interval sigma_squared = to_interval(head.sigma_squared);
  if (!uniform_gate) gated.weights = gaussian_gate(gated, sigma_squared);
  const Gaussian<Interval> window{sqrt(sigma_squared)};
  const std::vector<Interval> probe = enclosed(head.probe);
  const std::span<const Interval> x(probe);

  SoftmaxReadout result;
  for (const auto& component : readout(gated, window, corollary3_query(x)))
    result.numerator.push_back(component.re);
  result.denominator = function_readout(gated, window, weight_query(x)).re;
  const std::vector<Interval> query = enclosed(head.query);
  const auto alpha = attention_weights(gated, std::span<const Interval>(query), to_interval(head.scale));
  result.attention = mixture(gated, std::span<const Interval>(alpha));
  return result;
}

}  // namespace sca::proofs
