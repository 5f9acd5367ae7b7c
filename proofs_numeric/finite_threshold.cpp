#include <fmt/format.h>

#include <utility>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"

namespace sca::proofs {
namespace {

constexpr std::size_t points = 2;  // M, as in the paper
std::vector<Rational> theta() { return decimals({"1", "1.5"}); }
/// u, the softsigns of t <= 5 distinct nonzero scalars.
std::vector<Rational> scalars(std::size_t t) {
  std::vector<Rational> u = decimals({"-.2", ".1", ".3", ".5", ".7"});
  u.resize(t);
  return u;
}

/// |det [B | e_j]|^2: not 0 iff the one-hot at j, itself a convex combination, is out of reach of 2M = t - 1
/// columns of full rank.
Interval distance_witness(std::size_t t, std::size_t j) {
  const std::vector<Interval> b = real_phase_matrix<Interval>(enclose(scalars(t)), enclose(theta()), 1);
  reference::ComplexMatrix bordered(t, t);
  for (std::size_t k = 0; k < t; ++k) {
    for (std::size_t c = 0; c + 1 < t; ++c) bordered(k, c).re = b[k * 2 * points + c];
    bordered(k, t - 1).re = Interval(k == j ? 1 : 0);
  }
  return norm(reference::determinant(bordered));
}

/// With `limit` as the claimed largest t for which every convex combination is reached: decided at t, one
/// channel.
Findings reaches_every_one_hot(std::size_t heads, std::size_t t, std::size_t limit) {
  const std::string what = fmt::format("K={}, M={}, t={}", heads, points, t);
  const std::string witness = fmt::format("theta = {}, u = {}", show(theta()), show(scalars(t)));
  Findings findings;
  if (t <= channel_limit(points)) {
    const auto b = real_phase_matrix<Interval>(enclose(scalars(t)), enclose(theta()), 1);
    const Interval minor = norm(reference::determinant(as_matrix(t, t, b)));
    const std::string text =
        what + (t <= limit ? ": every combination is reached" : ": some combination is not");
    findings.push_back(t <= limit ? evidence::exceeds(text, minor, Interval(0))
                                  : evidence::at_most(text, minor, Interval(0)));
    findings.back().witness = witness;
    return findings;
  }
  for (std::size_t j = 0; j < t; ++j) {
    const std::string text = fmt::format("{}: the one-hot at token {} is {}", what, j + 1,
                                         t <= limit ? "reached" : "out of reach");
    const Interval gap = distance_witness(t, j);
    findings.push_back(t <= limit ? evidence::at_most(text, gap, Interval(0))
                                  : evidence::exceeds(text, gap, Interval(0)));
    findings.back().witness = witness;
  }
  return findings;
}

Findings check_finite_threshold(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  // K = 16 heads: 5 tokens of a channel, far below K M = 32. K = 1: 4 tokens, above K M = 2. The twin offers
  // 2M tokens as a witness against K = 16, and puts the limit where it is.
  const bool stated = variant == Variant::stated;
  for (const auto& [heads, t] : {std::pair<std::size_t, std::size_t>{16, stated ? 5 : 4}, {1, 4}}) {
    const std::size_t limit = stated ? heads * points : channel_limit(points);
    for (Finding& finding : reaches_every_one_hot(heads, t, limit)) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

// A head reads its own channel only: more heads add channels, not columns to any one of them. The twin is the
// corrected statement, t <= 2M per channel.
Claim finite_threshold() { return {"finite/threshold", Reach::instances, {}, check_finite_threshold}; }

}  // namespace sca::proofs
