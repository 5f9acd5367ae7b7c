#include "proofs_numeric/continuous_claims.hpp"
#include "theory/readout.hpp"

namespace sca::proofs {
namespace {

/// One node theta and a query that may depend on the prefix, q_a = conj(y_a / S_a(theta)) in channel a,
/// return any target y: at output level "subsumes attention" says nothing about the mechanism. The twin
/// forgets the conjugate.
Findings check_cor4_vacuous(const Instance&, const Settings& settings, Variant variant) {
  const Prefix<Interval> prefix =
      uniform_prefix<Interval>({Interval(1), Interval(1) / Interval(2), Interval(-2),
                                Interval(1) / Interval(3), Interval(3), Interval(5)},
                               2);
  const std::vector<Interval> theta{Interval(1), Interval(-1) / Interval(3)};
  const std::vector<Interval> target{Interval(17), Interval(-4)};
  const auto summary = gradient_summary(prefix, std::span<const Interval>(theta));
  Findings findings;
  for (std::size_t a = 0; a < prefix.d; ++a) {
    // y/S = y conj(S)/|S|^2, and |S| > 0 is what the division certifies.
    const Complex<Interval> quotient = conj(summary[a]) * Interval(target[a] / norm(summary[a]));
    const Complex<Interval> query = variant == Variant::stated ? conj(quotient) : quotient;
    const Complex<Interval> gap = summary[a] * conj(query) - Complex<Interval>{target[a], Interval(0)};
    findings.push_back(evidence::equal_to("S(theta) conj(q) = y with one node", abs(gap), Interval(0),
                                          abs(target[a]), settings.digits));
    findings.back().witness = "tokens (1,1/2), (-2,1/3), (3,5); theta = (1,-1/3); y = (17,-4)";
  }
  return findings;
}

}  // namespace

Claim cor4_vacuous() { return {"cor4/vacuous", Reach::existence, {}, check_cor4_vacuous}; }

}  // namespace sca::proofs
