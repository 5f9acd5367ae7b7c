#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// The twin drops the query's conjugate: it probes at -h_j.
Findings check_cor32_bohr(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  return {for_every_token("Bohr mean of phi with the query e = p_j", prefix.t, [&](std::size_t j) {
    const Rational sign(variant == Variant::stated ? 1 : -1);
    const auto probe = multiple(sign, prefix.token(j));
    const auto value =
        function_readout(prefix, BohrMean<Rational>{}, weight_query(std::span<const Rational>(probe)));
    return value.re == prefix.weights[j] && value.im == 0;
  })};
}

}  // namespace

Claim cor32_bohr() { return {"cor3.2/bohr", Reach::instances, distinct_and_exact, check_cor32_bohr}; }

}  // namespace sca::proofs
