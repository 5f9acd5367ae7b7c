#include <fmt/format.h>

#include <algorithm>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"

namespace sca::proofs {
namespace {

// 2M below, at and above t (odd and even) in each dimension.
constexpr RankCase real_cases[] = {{1, 1, 3}, {1, 2, 4}, {1, 4, 5},  {2, 2, 5}, {2, 3, 6},
                                   {2, 4, 5}, {8, 3, 9}, {8, 5, 10}, {8, 6, 7}};

/// Distinct tokens among which 0, and h with -h: their cosines coincide, and the rank is full all the same.
std::vector<Rational> mirrored_tokens(const RankCase& shape) {
  std::vector<Rational> tokens = hashed_list(31 + static_cast<unsigned>(shape.d), shape.tokens * shape.d);
  for (std::size_t l = 0; l < shape.d; ++l) {
    tokens[l] = 0;
    tokens[2 * shape.d + l] = -tokens[shape.d + l];
  }
  return tokens;
}

Findings check_finite_rank_real(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  for (const RankCase& shape : real_cases) {
    const std::vector<Interval> tokens = enclose(mirrored_tokens(shape));
    const std::vector<Interval> nodes = enclose(hashed_list(41, shape.points * shape.d));
    const auto b =
        as_matrix(shape.tokens, 2 * shape.points, real_phase_matrix<Interval>(tokens, nodes, shape.d));
    const std::size_t rank = variant == Variant::stated ? joint_rank_real(shape.points, shape.tokens)
                                                        : std::min(2 * shape.points + 1, shape.tokens);
    for (Finding& finding : rank_is(
             fmt::format("[cos, -sin], d={}, M={}, t={}", shape.d, shape.points, shape.tokens), b, rank)) {
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace

Claim finite_rank_real() { return {"finite/rank-real", Reach::instances, {}, check_finite_rank_real}; }

}  // namespace sca::proofs
