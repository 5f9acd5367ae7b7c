#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// conj(i) i = 1. The twin is the printed query, e/i.
Findings check_cor31_corrected(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  return {for_every_token("Bohr mean with the query i e = p_j h_j", prefix.t, [&](std::size_t j) {
    const auto query = variant == Variant::stated ? corollary3_query<Rational>(prefix.token(j))
                                                  : corollary3_printed_query<Rational>(prefix.token(j));
    return equals(readout(prefix, BohrMean<Rational>{}, query), multiple(prefix.weights[j], prefix.token(j)));
  })};
}

}  // namespace

Claim cor31_corrected() {
  return {"cor3.1/corrected", Reach::instances, distinct_and_exact, check_cor31_corrected};
}

}  // namespace sca::proofs
