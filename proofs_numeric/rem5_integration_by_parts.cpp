#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// Bohr mean of S conj(i e_x) = x * Bohr mean of phi conj(e_x), for every x: on the support and off it (the
/// twin reads S at 2x).
Findings check_rem5_integration_by_parts(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Rational>& prefix = instance.prefix;
  return {for_every_token(
      "readout of S at x = x * readout of phi at x, on and off the support", prefix.t, [&](std::size_t j) {
        // h_j itself, then a point that lies on the support by chance at most.
        for (const Rational& scale : {Rational(1), Rational(3, 7)}) {
          const auto x = multiple(scale, prefix.token(j));
          const auto elsewhere = multiple(variant == Variant::stated ? Rational(1) : Rational(2), x);
          const auto weight =
              function_readout(prefix, BohrMean<Rational>{}, weight_query(std::span<const Rational>(x)));
          const auto value =
              readout(prefix, BohrMean<Rational>{}, corollary3_query(std::span<const Rational>(elsewhere)));
          if (!equals(value, multiple(weight.re, x))) return false;
        }
        return true;
      })};
}

}  // namespace

Claim rem5_integration_by_parts() {
  return {"rem5/integration-by-parts", Reach::instances, distinct_and_exact, check_rem5_integration_by_parts};
}

}  // namespace sca::proofs
