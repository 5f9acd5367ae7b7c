#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// phi and the probe give p_j h_j, by one product: the gradient is a convenience, not a necessity. The twin
/// multiplies by a wrong probe, which gives nothing back.
Findings check_rem5_necessary(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  return {for_every_token("phi's readout times its probe is never p_j h_j", prefix.t, [&](std::size_t j) {
    const auto probe = multiple(variant == Variant::stated ? Rational(1) : Rational(9, 5), prefix.token(j));
    const auto weight =
        function_readout(prefix, BohrMean<Rational>{}, weight_query(std::span<const Rational>(probe)));
    return multiple(weight.re, probe) != multiple(prefix.weights[j], prefix.token(j));
  })};
}

}  // namespace

Claim rem5_necessary() { return {"rem5/necessary", Reach::instances, nonzero_tokens, check_rem5_necessary}; }

}  // namespace sca::proofs
