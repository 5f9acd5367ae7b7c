#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/same_law.hpp"

namespace sca::proofs {
namespace {

/// S does not see the weight of the zero token; Z does, and p_0 = Z - sum of the others. The twin changes the
/// weight of another token.
Findings check_cor33_zero_token(const Instance& instance, const Settings&, Variant variant) {
  Prefix<Rational> heavier = instance.prefix;
  Rational others = 0;
  std::size_t zero = 0;
  for (std::size_t k = 0; k < heavier.t; ++k) {
    if (sup_norm(heavier.token(k)) == 0) {
      zero = k;
    } else {
      others += heavier.weights[k];
    }
  }
  heavier.weights[variant == Variant::stated ? zero : (zero + 1) % heavier.t] += 1;
  return {evidence::exactly("S is the same for any weight of the zero token",
                            same_gradient_summary(instance.prefix, heavier)),
          evidence::exactly("p_0 = Z - sum of the other weights",
                            total_weight(instance.prefix) - others == instance.prefix.weights[zero])};
}

bool cor33_zero_token_applies(const Instance& instance) {
  if (!instance.distinct() || instance.prefix.t < 2) return false;
  for (std::size_t k = 0; k < instance.prefix.t; ++k) {
    if (sup_norm(instance.prefix.token(k)) == 0) return true;
  }
  return false;
}

}  // namespace

Claim cor33_zero_token() {
  return {"cor3.3/zero-token", Reach::instances, cor33_zero_token_applies, check_cor33_zero_token};
}

}  // namespace sca::proofs
