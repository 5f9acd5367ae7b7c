#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// With unequal weights the paper's own w_k give t sum alpha_k p_k h_k. The twin divides each coefficient by
/// t p_k.
Findings check_cor4_nonuniform(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  const Rational t(static_cast<long>(prefix.t));
  std::vector<Rational> alpha;
  std::vector<Rational> expected(prefix.d);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    alpha.emplace_back(1, static_cast<long>(k) + 2);
    for (std::size_t a = 0; a < prefix.d; ++a) expected[a] += alpha[k] * prefix.token(k)[a];
    if (variant == Variant::false_twin) alpha[k] /= t * prefix.weights[k];
  }
  const auto value =
      readout(prefix, BohrMean<Rational>{}, composite_query(prefix, std::span<const Rational>(alpha)));
  return {evidence::exactly("Bohr mean with sum alpha_k w_k = sum alpha_k h_k", equals(value, expected),
                            "alpha_k = 1/(k + 2)")};
}

}  // namespace

Claim cor4_nonuniform() {
  return {"cor4/nonuniform", Reach::instances, nonuniform_tokens, check_cor4_nonuniform};
}

}  // namespace sca::proofs
