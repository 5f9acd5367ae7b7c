#include "proofs_numeric/continuous_claims.hpp"
#include "proofs_numeric/retrieval.hpp"
#include "proofs_numeric/second_opinion.hpp"
#include "theory/atom_bounds.hpp"
#include "theory/measures/atom.hpp"

namespace sca::proofs {
namespace {

struct Cube {
  Rational half_width;  // T
  Rational radius;      // r
};

/// p_j |h_j| ((1 + 2/(pi T r))^d - 1) + sum_{k != j} p_k |h_k| prod_l b(x_l): which side of r a coordinate
/// lies on is decided on exact rationals.
Interval error_bound(const Prefix<Rational>& exact, const Prefix<Interval>& prefix, std::size_t j,
                     const Cube& cube) {
  const Interval T = to_interval(cube.half_width);
  const Interval r = to_interval(cube.radius);
  Interval bound = prefix.weights[j] * euclidean_norm(prefix.token(j)) * atom_own_defect(prefix.d, T, r);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    if (k == j) continue;
    Interval product(1);
    for (const Rational& x : difference(exact.token(k), exact.token(j))) {
      const Rational distance = x < 0 ? Rational(-x) : x;
      const Interval enclosed = to_interval(distance);
      Interval factor = atom_factor_sup<Interval>();
      if (distance < cube.radius)
        factor = smaller(factor, Interval(Interval(1) + atom_inside_defect(enclosed, T, r)));
      if (distance > cube.radius) factor = smaller(factor, atom_outside_bound(enclosed, T, r));
      product *= factor;
    }
    bound += prefix.weights[k] * euclidean_norm(prefix.token(k)) * product;
  }
  return bound;
}

Findings check_thm1_atom(const Instance& instance, const Settings&, Variant variant) {
  const Prefix<Interval> prefix = instance.enclosed();
  const Rational separation = instance.gaps->sup;
  const Cube cube{Rational(300 * static_cast<long>(prefix.t)) / separation, separation / 3};
  // The twin's cube is so wide that it holds a second token.
  const Interval radius = to_interval(variant == Variant::stated ? cube.radius : Rational(2 * separation));
  const AtomMass<Interval> measure{to_interval(cube.half_width), radius};
  Finding worst;
  double worst_clearance = -1;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    const auto value = readout(prefix, measure, corollary3_query<Interval>(prefix.token(j)));
    std::vector<Interval> atom;
    for (const Interval& h : prefix.token(j)) atom.push_back(prefix.weights[j] * h);
    Finding finding =
        evidence::at_most("|mass of the cube - p_j h_j| <= explicit Si bound", readout_error(value, atom),
                          error_bound(instance.prefix, prefix, j, cube));
    const double clearance = finding.clearance.value_or(std::numeric_limits<double>::infinity());
    if (!(clearance > worst_clearance)) continue;
    worst_clearance = clearance;
    worst = std::move(finding);
    worst.witness = fmt::format("T = {} , r = {}, token {}", lower_decimal(measure.half_width, 4),
                                lower_decimal(radius, 4), j);
  }
  Findings findings{std::move(worst)};
  if (integrable(instance)) {
    const Interval T = Interval(4) / to_interval(separation);
    const AtomMass<Interval> narrow{T, to_interval(cube.radius)};
    const std::span<const Interval> probe = prefix.token(0);
    const auto closed = readout(prefix, narrow, corollary3_query(probe));
    findings.push_back(atom_integral_agrees(prefix, probe[0], T, narrow.radius, closed[0]));
  }
  return findings;
}

bool thm1_atom_applies(const Instance& instance) {
  return instance.distinct() && instance.gaps && instance.prefix.t * instance.prefix.d <= 200;
}

}  // namespace

Claim thm1_atom() { return {"thm1/atom", Reach::instances, thm1_atom_applies, check_thm1_atom}; }

}  // namespace sca::proofs
