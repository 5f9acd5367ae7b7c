#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/same_law.hpp"

namespace sca::proofs {
namespace {

/// S = grad phi is a function of phi; the converse fails: two prefixes with the same S everywhere and
/// different phi. So phi is the one that carries more. The twin changes the weight of a token that S sees.
Findings check_sec221_strictly_more_informative(const Instance&, const Settings&, Variant variant) {
  const std::vector<Rational> tokens{0, Rational(1, 2)};
  const Prefix<Rational> first{2, 1, tokens, {1, 1}};
  const Prefix<Rational> second = variant == Variant::stated ? Prefix<Rational>{2, 1, tokens, {2, 1}}
                                                             : Prefix<Rational>{2, 1, tokens, {1, 2}};
  const bool phi_says_more =
      same_gradient_summary(first, second) && !same_characteristic_function(first, second);
  return {evidence::exactly("phi tells nothing apart that S does not", !phi_says_more,
                            variant == Variant::stated ? "tokens 0, 1/2 with weights (1,1) and (2,1)"
                                                       : "tokens 0, 1/2 with weights (1,1) and (1,2)")};
}

}  // namespace

Claim sec221_strictly_more_informative() {
  return {"sec2.2.1/strictly-more-informative", Reach::instances, {}, check_sec221_strictly_more_informative};
}

}  // namespace sca::proofs
