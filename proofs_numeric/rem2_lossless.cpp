#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/same_law.hpp"

namespace sca::proofs {
namespace {

/// Prefixes of different length with the same S: neither order nor repetition count survives, only the
/// distribution does. The twin offers a pair whose relative multiplicities differ.
Findings check_rem2_lossless(const Instance&, const Settings&, Variant variant) {
  const Rational a(1, 3);
  const Rational b(-2, 5);
  const Prefix<Rational> once = uniform_prefix<Rational>({a, b}, 1);
  if (variant == Variant::false_twin) {
    const Prefix<Rational> skewed = uniform_prefix<Rational>({a, b, b}, 1);
    return {evidence::exactly("S determines the prefix", !same_gradient_summary(once, skewed),
                              "(a,b) and (a,b,b)")};
  }
  const Prefix<Rational> reversed = uniform_prefix<Rational>({b, a}, 1);
  const Prefix<Rational> twice = uniform_prefix<Rational>({a, b, a, b}, 1);
  return {
      evidence::exactly("S determines the order", !same_gradient_summary(once, reversed), "(a,b) and (b,a)"),
      evidence::exactly("S determines the count", !same_gradient_summary(once, twice),
                        "(a,b) and (a,b,a,b)")};
}

}  // namespace

Claim rem2_lossless() { return {"rem2/lossless", Reach::instances, {}, check_rem2_lossless}; }

}  // namespace sca::proofs
