#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "proofs_numeric/softmax_instance.hpp"

namespace sca::proofs {
namespace {

/// sigma^2 |h|^2/2 - sigma^2 |h - xi|^2/2 + sigma^2 |xi|^2/2 = c <q, h>: the identity of exponents behind the
/// theorem, exact.
Finding exponents_agree(const Prefix<Rational>& prefix, const SoftmaxHead& head) {
  const std::span<const Rational> probe(head.probe);
  return for_every_token(
      "gate and window exponents add up to c <q, h_k>, exactly", prefix.t, [&](std::size_t k) {
        const auto gap = difference(prefix.token(k), probe);
        const Rational left =
            head.sigma_squared *
            (norm_squared(prefix.token(k)) - norm_squared<Rational>(gap) + norm_squared(probe)) / 2;
        return left == head.scale * dot(std::span<const Rational>(head.query), prefix.token(k));
      });
}

Findings check_cor4_softmax_gaussian(const Instance& instance, const Settings& settings, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  const SoftmaxHead head = softmax_head(prefix);
  const SoftmaxReadout value = read_softmax(prefix, head, variant == Variant::false_twin);
  Interval gap(0);
  for (std::size_t a = 0; a < prefix.d; ++a) {
    gap += square(Interval(value.numerator[a] / value.denominator - value.attention[a]));
  }
  return {exponents_agree(prefix, head),
          evidence::equal_to("<S,w_x>/<phi,e_x> under the Gaussian window = softmax attention", sqrt(gap),
                             Interval(0), euclidean_norm<Interval>(value.attention), settings.digits)};
}

bool cor4_softmax_gaussian_applies(const Instance& instance) {
  return instance.prefix.t > 1 && exactly_checkable(instance);
}

}  // namespace

Claim cor4_softmax_gaussian() {
  return {"cor4/softmax-gaussian", Reach::instances, cor4_softmax_gaussian_applies,
          check_cor4_softmax_gaussian};
}

}  // namespace sca::proofs
