#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/same_law.hpp"

namespace sca::proofs {
namespace {

/// Two different sequences with the same phi: the sequence cannot be recovered. The twin offers (a,b) and
/// (a,b,b), whose relative multiplicities differ: phi tells them apart, and nothing is refuted.
Findings check_sec221_no_loss(const Instance&, const Settings&, Variant variant) {
  const Rational a(1, 3);
  const Rational b(-2, 5);
  const Prefix<Rational> first = uniform_prefix<Rational>({a, b}, 1);
  const Prefix<Rational> second = variant == Variant::stated ? uniform_prefix<Rational>({b, a}, 1)
                                                             : uniform_prefix<Rational>({a, b, b}, 1);
  const bool lost = first.tokens != second.tokens && same_characteristic_function(first, second);
  return {
      evidence::exactly("different sequences have different phi", !lost,
                        variant == Variant::stated ? "(1/3, -2/5) and (-2/5, 1/3)" : "(a,b) and (a,b,b)")};
}

}  // namespace

Claim sec221_no_loss() { return {"sec2.2.1/no-loss", Reach::instances, {}, check_sec221_no_loss}; }

}  // namespace sca::proofs
