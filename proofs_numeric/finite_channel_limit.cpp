#include <fmt/format.h>

#include <algorithm>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"
#include "theory/channel_state.hpp"

namespace sca::proofs {
namespace {

struct Case {
  std::size_t points;  // M
  Rational eta;
};

/// 0 < theta_1 < … < theta_M = 3/2 < pi/2.
std::vector<Rational> nodes_of(std::size_t points) {
  std::vector<Rational> theta;
  for (std::size_t m = 1; m <= points; ++m) {
    theta.emplace_back(3 * static_cast<long>(m), 2 * static_cast<long>(points));
  }
  return theta;
}

/// t distinct nonzero scalars of the range that SiLU allows, the first two 1e-9 apart, of both signs.
std::vector<Rational> scalars_of(std::size_t t) {
  std::vector<Rational> scalars{Rational(1, 2), Rational(1, 2) + Rational(1, 1000000000), Rational(-1, 4)};
  for (std::size_t k = scalars.size(); k < t; ++k) {
    scalars.push_back(Rational(static_cast<long>(k * k), 3));
  }
  scalars.resize(t);
  return scalars;
}

/// rank of [cos(theta_m u_k), -sin(theta_m u_k)] = min(t, limit).
Findings retrieves_all(const Case& c, std::size_t t, std::size_t limit) {
  const std::vector<Interval> theta = enclose(nodes_of(c.points));
  std::vector<Rational> u;
  for (const Rational& k : scalars_of(t)) u.push_back(softsign(Rational(c.eta * k)));
  const auto matrix = as_matrix(t, 2 * c.points, real_phase_matrix<Interval>(enclose(u), theta, 1));
  return rank_is(fmt::format("M={}, eta={}, {} scalars of one channel", c.points, c.eta.str(), t), matrix,
                 std::min(t, limit));
}

Findings check_finite_channel_limit(const Instance&, const Settings&, Variant variant) {
  const std::vector<Case> cases{{1, 1}, {1, 20}, {2, 1}, {2, Rational(1, 10)}, {3, 1}, {4, 5}};
  Findings findings;
  for (std::size_t points = 1; points <= 4; ++points) {
    findings.push_back(evidence::at_most(fmt::format("M={}: theta_M below pi/2", points),
                                         to_interval(nodes_of(points).back()), pi<Interval>() / Interval(2)));
  }
  for (const Case& c : cases) {
    const std::size_t limit = channel_limit(c.points) + (variant == Variant::stated ? 0 : 1);
    for (std::size_t t = 2 * c.points - 1; t <= 2 * c.points + 1; ++t) {
      for (Finding& finding : retrieves_all(c, t, limit)) findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace

// Retrieval of every token means rank = t: at t = 2M + 1 the size alone forbids it. Below, {cos, sin} is a
// Chebyshev system on (-1, 1), which is shorter than pi/theta_M.
Claim finite_channel_limit() {
  return {"finite/channel-limit", Reach::instances, {}, check_finite_channel_limit};
}

}  // namespace sca::proofs
