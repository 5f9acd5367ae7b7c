#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "proofs_numeric/lattice_prefix.hpp"
#include "proofs_numeric/second_opinion.hpp"
#include "theory/measures/lattice.hpp"
#include "theory/retrieval.hpp"

namespace sca::proofs {
namespace {

/// The DFT grid of a line, summed point by point in intervals: no closed form.
Finding grid_agrees(const Prefix<Rational>& lattice, long n, const Rational& exact, int digits) {
  const Prefix<Interval> prefix = prefix_cast<Interval>(lattice, to_interval);
  FiniteRule<Interval> rule;
  for (long m = 0; m < n; ++m) {
    rule.nodes.push_back(Interval(2) * pi<Interval>() * Interval(m) / Interval(n));
    rule.weights.push_back(Interval(1) / Interval(n));
  }
  const auto value = pointwise_readout(prefix, rule, theorem1_query(prefix, 0))[0];
  const Interval expected = to_interval(exact);
  return evidence::equal_to("sum over the N grid points = t p_j h_j",
                            abs(value - Complex<Interval>{expected, Interval(0)}), Interval(0),
                            larger(Interval(1), Interval(abs(expected))), digits);
}

Findings check_thm1_torus(const Instance& instance, const Settings& settings, Variant variant) {
  const LatticePrefix lattice = lattice_prefix(instance);
  // N = 1 + the largest coordinate spread suffices; the twin's N = 1 aliases every token with every other.
  const Rational points = variant == Variant::stated ? Rational(lattice.spread + 1) : Rational(1);
  const DftGrid<Rational> grid{points};
  Findings findings{for_every_token(
      "DFT with N points per axis returns t p_j h_j exactly", instance.prefix.t, [&](std::size_t j) {
        return equals(readout(lattice.prefix, grid, theorem1_query(lattice.prefix, j)),
                      retrieval_target(lattice.prefix, j));
      })};
  if (findings.front().witness.empty()) findings.front().witness = "N = " + points.str() + " per axis";
  if (instance.prefix.d == 1 && points < 200) {
    findings.push_back(grid_agrees(lattice.prefix, static_cast<long>(points),
                                   retrieval_target(lattice.prefix, 0)[0], settings.digits));
  }
  return findings;
}

bool thm1_torus_applies(const Instance& instance) {
  return instance.distinct() && instance.prefix.t > 1 && exactly_checkable(instance);
}

}  // namespace

Claim thm1_torus() { return {"thm1/torus", Reach::instances, thm1_torus_applies, check_thm1_torus}; }

}  // namespace sca::proofs
