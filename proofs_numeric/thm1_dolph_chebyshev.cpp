#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/windows.hpp"
#include "theory/measures/dolph_chebyshev.hpp"

namespace sca::proofs {
namespace {

// Equispaced nodes s(m - (n-1)/2): on them K is a trigonometric polynomial, and its weights are its DFT.
FiniteRule<Interval> as_finite_rule(const DolphChebyshev<Interval>& window, std::size_t n) {
  const Interval count(n);
  FiniteRule<Interval> rule;
  for (std::size_t m = 0; m < n; ++m) {
    const Interval centred = Interval(2 * m + 1) / Interval(2) - count / Interval(2);
    Interval weight(0);
    for (std::size_t i = 0; i < n; ++i) {
      const Interval x = Interval(2) * pi<Interval>() * Interval(i) / (count * window.spacing());
      weight +=
          window.transform(std::span<const Interval>(&x, 1)) * cos(Interval(window.spacing() * centred * x));
    }
    rule.nodes.push_back(window.spacing() * centred);
    rule.weights.push_back(weight / count);
  }
  return rule;
}

/// The weights are nonnegative (so that nothing is amplified), and the sum over the nodes, point by point, is
/// the closed form.
Findings rule_agrees(const Prefix<Interval>& prefix, const Gaps<Interval>& gaps, int digits) {
  constexpr std::size_t n = 9;
  const DolphChebyshev<Interval> window(n, gaps.sup, gaps.spread);
  const FiniteRule<Interval> rule = as_finite_rule(window, n);
  Interval smallest = rule.weights[0];
  for (const Interval& weight : rule.weights) smallest = smaller(smallest, weight);
  const Query<Interval> query = theorem1_query(prefix, 0);
  const auto closed = readout(prefix, window, query)[0];
  const auto direct = pointwise_readout(prefix, rule, query)[0];
  return {evidence::exceeds("Dolph-Chebyshev weights > 0", smallest, Interval(0)),
          evidence::equal_to("sum over the n nodes = closed form", abs(direct - closed), Interval(0),
                             abs(closed), digits)};
}

Findings check_thm1_dolph_chebyshev(const Instance& instance, const Settings& settings, Variant variant) {
  const std::size_t n = dolph_chebyshev_nodes(instance, settings.epsilon);
  const Gaps<Interval> gaps = enclosed_gaps(instance);
  const DolphChebyshev<Interval> measure(n, gaps.sup, gaps.spread);
  Findings findings = window_retrieves<DolphChebyshev<Interval>>(
      instance, settings, {fmt::format("n = {} per axis", n), measure, measure.sup(), std::nullopt}, variant);
  findings.push_back(evidence::at_most("1/T_{n-1}(x0) <= 2 exp(-(n-1) arccosh x0)", measure.sup(),
                                       dolph_chebyshev_decay(n, gaps.sup, gaps.spread)));
  if (instance.prefix.d == 1 && instance.prefix.t <= 9) {
    for (Finding& finding : rule_agrees(instance.enclosed(), gaps, settings.digits))
      findings.push_back(finding);
  }
  return findings;
}

bool thm1_dolph_chebyshev_applies(const Instance& instance) {
  // n grows like D/delta; a Chebyshev polynomial of degree 1e9 is no rule that anybody would use.
  return instance.distinct() && instance.gaps && instance.gaps->sup < instance.gaps->spread &&
         instance.gaps->spread / instance.gaps->sup < 1000000;
}

}  // namespace

Claim thm1_dolph_chebyshev() {
  return {"thm1/dolph-chebyshev", Reach::instances, thm1_dolph_chebyshev_applies, check_thm1_dolph_chebyshev};
}

}  // namespace sca::proofs
