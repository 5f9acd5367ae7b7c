#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// Tokens that coincide cannot be told apart: the readout at h_j is t (sum of p over the copies) h_j. The
/// twin claims t p_j h_j, as Theorem 1 would without its hypothesis.
Findings check_thm1_duplicates(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  std::vector<Rational> mass(prefix.t);
  for (const auto& group : instance.groups) {
    Rational sum = 0;
    for (const std::size_t k : group) sum += prefix.weights[k];
    for (const std::size_t k : group) mass[k] = variant == Variant::stated ? sum : prefix.weights[k];
  }
  const Rational t(static_cast<long>(prefix.t));
  return {for_every_token("Bohr mean at h_j = t (sum of p over the copies of h_j) h_j", prefix.t,
                          [&](std::size_t j) {
                            return equals(readout(prefix, BohrMean<Rational>{}, theorem1_query(prefix, j)),
                                          multiple(t * mass[j], prefix.token(j)));
                          })};
}

bool thm1_duplicates_applies(const Instance& instance) {
  return !instance.distinct() && exactly_checkable(instance);
}

}  // namespace

Claim thm1_duplicates() {
  return {"thm1/duplicates", Reach::instances, thm1_duplicates_applies, check_thm1_duplicates};
}

}  // namespace sca::proofs
