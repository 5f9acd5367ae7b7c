#include <fmt/format.h>

#include "proofs_numeric/finite_claims.hpp"
#include "proofs_numeric/finite_support.hpp"
#include "theory/capacity.hpp"

namespace sca::proofs {
namespace {

// M below, at and above t in each dimension.
constexpr RankCase complex_cases[] = {{1, 3, 5}, {1, 4, 4}, {1, 6, 3}, {2, 3, 5}, {2, 5, 5},
                                      {2, 6, 4}, {8, 4, 9}, {8, 9, 9}, {8, 12, 6}};

/// Distinct tokens, one of them 0 and two of them 1e-6 apart: the theorem asks for distinctness only.
std::vector<Rational> close_tokens(const RankCase& shape) {
  std::vector<Rational> tokens = hashed_list(11 + static_cast<unsigned>(shape.d), shape.tokens * shape.d);
  for (std::size_t l = 0; l < shape.d; ++l) {
    tokens[l] = 0;
    tokens[2 * shape.d + l] = tokens[shape.d + l];
  }
  tokens[2 * shape.d] += Rational(1, 1000000);
  return tokens;
}

Findings check_finite_rank_complex(const Instance&, const Settings&, Variant variant) {
  Findings findings;
  for (const RankCase& shape : complex_cases) {
    const std::vector<Interval> tokens = enclose(close_tokens(shape));
    const std::vector<Interval> nodes = enclose(hashed_list(23, shape.points * shape.d));
    const auto a = as_matrix(shape.tokens, shape.points, phase_matrix<Interval>(tokens, nodes, shape.d));
    // The twin counts two dimensions a node, as a real part has: the matrix has only M columns.
    const std::size_t rank = variant == Variant::stated ? joint_rank(shape.points, shape.tokens)
                                                        : joint_rank_real(shape.points, shape.tokens);
    for (Finding& finding :
         rank_is(fmt::format("A, d={}, M={}, t={}", shape.d, shape.points, shape.tokens), a, rank)) {
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace

// One theta with a nonzero minor settles almost every theta for these tokens: the minor is analytic in theta,
// and a nonzero analytic function vanishes on a null set only.
Claim finite_rank_complex() {
  return {"finite/rank-complex", Reach::instances, {}, check_finite_rank_complex};
}

}  // namespace sca::proofs
