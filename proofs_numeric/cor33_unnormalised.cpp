#include "proofs_numeric/continuous_claims.hpp"
#include "theory/characteristic.hpp"

namespace sca::proofs {
namespace {

/// phi(0) = sum p, which is 1 for a probability law only; Corollary 3's layer-side weights are "kept positive
/// but unconstrained". The twin is a normalised prefix.
Findings check_cor33_unnormalised(const Instance&, const Settings&, Variant variant) {
  const Rational p = variant == Variant::stated ? Rational(5, 4) : Rational(1, 2);
  const Prefix<Rational> prefix{2, 1, {Rational(1, 3), Rational(-2, 5)}, {p, p}};
  return {evidence::exactly("phi(0) = 1", total_weight(prefix) == 1,
                            "tokens 1/3, -2/5 with weights " + p.str() + " each")};
}

}  // namespace

Claim cor33_unnormalised() { return {"cor3.3/unnormalised", Reach::instances, {}, check_cor33_unnormalised}; }

}  // namespace sca::proofs
