#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "theory/measures/cube.hpp"

namespace sca::proofs {
namespace {

/// The queries of (1) and (2) contain h_j. Probed anywhere but on the support they return 0, whatever the
/// support is: two prefixes with different supports, one set of probes, the same answers. They verify a known
/// support; finding it takes a scan or Prony's method. The twin lets one probe fall on one of the supports.
Findings check_cor33_support(const Instance&, const Settings&, Variant variant) {
  const Prefix<Rational> first = uniform_prefix<Rational>({Rational(1, 3), Rational(-2, 5)}, 1);
  const Prefix<Rational> second = uniform_prefix<Rational>({Rational(1, 2), Rational(3, 4)}, 1);
  std::vector<Rational> probes;
  for (long n = -20; n <= 20; ++n) probes.emplace_back(n, 11);
  if (variant == Variant::false_twin) probes.emplace_back(1, 3);
  bool same = true;
  for (const Rational& probe : probes) {
    const std::span<const Rational> x(&probe, 1);
    const auto a = readout(first, BohrMean<Rational>{}, corollary3_query(x));
    const auto b = readout(second, BohrMean<Rational>{}, corollary3_query(x));
    const auto p = function_readout(first, BohrMean<Rational>{}, weight_query(x));
    const auto q = function_readout(second, BohrMean<Rational>{}, weight_query(x));
    same = same && a[0].re == b[0].re && p.re == q.re;
  }
  return {evidence::exactly("readouts (1), (2) at fixed probes tell supports apart", !same,
                            "tokens 1/3, -2/5 and tokens 1/2, 3/4; probes n/11")};
}

}  // namespace

Claim cor33_support() { return {"cor3.3/support", Reach::instances, {}, check_cor33_support}; }

}  // namespace sca::proofs
