#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// The twin shifts the coefficients by one token.
Findings check_cor4_bohr(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  std::vector<Rational> alpha;  // of either sign, of sum other than 1
  for (std::size_t k = 0; k < prefix.t; ++k)
    alpha.emplace_back(static_cast<long>(3 * k) - 4, static_cast<long>(k) + 2);
  const std::size_t shift = variant == Variant::stated ? 0 : 1;
  std::vector<Rational> expected(prefix.d);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    const auto term = multiple(alpha[(k + shift) % prefix.t], prefix.token(k));
    for (std::size_t a = 0; a < prefix.d; ++a) expected[a] += term[a];
  }
  const auto value =
      readout(prefix, BohrMean<Rational>{}, composite_query(prefix, std::span<const Rational>(alpha)));
  return {evidence::exactly("Bohr mean with sum alpha_k w_k = sum alpha_k h_k", equals(value, expected),
                            "alpha_k = (3k - 4)/(k + 2)")};
}

}  // namespace

Claim cor4_bohr() { return {"cor4/bohr", Reach::instances, uniform_tokens, check_cor4_bohr}; }

}  // namespace sca::proofs
