#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// Theorem 1's query multiplies by t, which undoes p_j = 1/t and nothing else. The twin expects h_j.
Findings check_cor31_theorem1_query(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  const Rational t(static_cast<long>(prefix.t));
  return {for_every_token("Bohr mean with Theorem 1's query = t p_j h_j", prefix.t, [&](std::size_t j) {
    const Rational factor = variant == Variant::stated ? Rational(t * prefix.weights[j]) : Rational(1);
    return equals(readout(prefix, BohrMean<Rational>{}, theorem1_query(prefix, j)),
                  multiple(factor, prefix.token(j)));
  })};
}

}  // namespace

Claim cor31_theorem1_query() {
  return {"cor3.1/theorem1-query", Reach::instances, distinct_and_exact, check_cor31_theorem1_query};
}

}  // namespace sca::proofs
