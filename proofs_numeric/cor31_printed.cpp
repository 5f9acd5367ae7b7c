#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// conj(1/i) i = i i = -1: the printed query returns -p_j h_j. The twin is the corrected query.
Findings check_cor31_printed(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  return {for_every_token("Bohr mean with the printed query e/i = p_j h_j", prefix.t, [&](std::size_t j) {
    const auto query = variant == Variant::stated ? corollary3_printed_query<Rational>(prefix.token(j))
                                                  : corollary3_query<Rational>(prefix.token(j));
    return equals(readout(prefix, BohrMean<Rational>{}, query), multiple(prefix.weights[j], prefix.token(j)));
  })};
}

}  // namespace

Claim cor31_printed() {
  return {"cor3.1/printed", Reach::instances, distinct_and_exact, check_cor31_printed};
}

}  // namespace sca::proofs
