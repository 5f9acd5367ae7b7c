#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/exact_readout.hpp"
#include "proofs_numeric/lattice_prefix.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "theory/measures/lattice.hpp"
#include "theory/retrieval.hpp"

#include <fmt/format.h>

namespace sca::proofs {
namespace {

// Up to this many tokens the readout itself is formed, not only its kernel.
constexpr std::size_t spelled_out = 64;
// Up to this many points the rule is also summed one by one.
constexpr std::uint64_t pointwise = 200;

/// The rule summed point by point in intervals, S and w evaluated at each of the N nodes: no closed form.
Finding points_agree(const Prefix<Rational>& lattice, const LatticeRule& rule, int digits) {
  const Prefix<Interval> prefix = prefix_cast<Interval>(lattice, to_interval);
  const Interval step = Interval(2) * pi<Interval>() / Interval(rule.points);
  FiniteRule<Interval> points;
  for (std::uint64_t n = 0; n < rule.points; ++n) {
    for (const std::uint64_t z : rule.generator) points.nodes.push_back(step * Interval(n * z));
    points.weights.push_back(Interval(1) / Interval(rule.points));
  }
  const auto value = pointwise_readout(prefix, points, theorem1_query(prefix, 0));
  const auto target = retrieval_target(prefix, 0);
  const Interval size = larger(Interval(1), euclidean_norm<Interval>(target));
  return evidence::equal_to("sum over the N points = t p_j h_j", readout_error(value, target), Interval(0),
                            size, digits);
}

Findings check_thm1_lattice(const Instance& instance, const Settings& settings, Variant variant) {
  const LatticePrefix lattice = lattice_prefix(instance);
  LatticeRule rule = exact_lattice_rule(lattice);
  if (variant == Variant::false_twin) {  // the generator 0 aliases everything
    rule.generator.assign(rule.generator.size(), 0);
    rule.residues.assign(rule.residues.size(), 0);
  }
  // K(h_k - h_j) = 1[residues equal], and K(0) = 1, K = 0 elsewhere is what exact retrieval needs.
  Findings findings{evidence::exactly(
      fmt::format("K = 1[k = j] on the tokens, for N = {} points", rule.points), all_distinct(rule.residues),
      fmt::format("N = {} <= t(t-1)/2 + a prime gap; t = {}", rule.points, instance.prefix.t))};
  if (instance.prefix.t <= spelled_out && exactly_checkable(instance)) {
    const RankOneLattice<Rational> measure{Rational(rule.points),
                                           {rule.generator.begin(), rule.generator.end()}};
    findings.push_back(for_every_token(
        "rank-1 lattice rule returns t p_j h_j exactly", instance.prefix.t, [&](std::size_t j) {
          return equals(readout(lattice.prefix, measure, theorem1_query(lattice.prefix, j)),
                        retrieval_target(lattice.prefix, j));
        }));
  }
  if (rule.points <= pointwise) findings.push_back(points_agree(lattice.prefix, rule, settings.digits));
  return findings;
}

bool thm1_lattice_applies(const Instance& instance) { return instance.distinct() && instance.prefix.t > 1; }

}  // namespace

Claim thm1_lattice() { return {"thm1/lattice", Reach::instances, thm1_lattice_applies, check_thm1_lattice}; }

}  // namespace sca::proofs
