#include "experiments/probe/theorem_query.hpp"

#include <gtest/gtest.h>

#include "tests/experiments/probe/made_layers.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;

constexpr double unit_roundoff = 0x1p-53;

// On the lattice the kernel K(h_k - h_j) is exactly 0 for k != j (STATEMENTS 1b), so that a_j k_j comes back.
TEST(TheoremQuery, RetrievesEveryTokenWhereTheGridIsExact) {
  const std::int64_t M = 8;
  const std::vector<std::int64_t> multiples{5, 0, 3, 6, 1};
  LayerTokens tokens = lattice_tokens(M, multiples, random_keys(4, 5));
  tokens.arrival << 1, 3, 0.5, 2, 1.5;
  tokens.omega *= 3;  // weights need not sum to 1
  for (Index j = 0; j < 5; ++j) {
    const TheoremReadout out = theorem_readout(tokens, 5, j);
    const double a = tokens.arrival(0, j) / tokens.arrival.sum();
    // t M products and sums of unit waves, each known to a few u.
    const double bound = 64 * static_cast<double>(M) * unit_roundoff * tokens.value.cwiseAbs().maxCoeff();
    EXPECT_LE((out.value - (a * tokens.value.col(j)).cast<std::complex<double>>()).cwiseAbs().maxCoeff(),
              bound);
    EXPECT_LE(out.error * a * tokens.value.col(j).norm(), 2 * bound);
    EXPECT_EQ(out.nearest, 1);
    EXPECT_EQ(out.most_aligned, 1);
  }
}

TEST(TheoremQuery, AsPrintedNeedsEqualWeights) {
  LayerTokens tokens = lattice_tokens(8, {5, 0, 3, 6, 1}, random_keys(4, 5));
  for (Index j = 0; j < 5; ++j) EXPECT_LT(theorem_readout(tokens, 5, j).printed, 1e-12);
  tokens.arrival << 1, 3, 0.5, 2, 1.5;  // a_1 = 3/8, so that t a_1 k_1 is off by 7/8 of k_1
  EXPECT_NEAR(theorem_readout(tokens, 5, 1).printed, 0.875, 1e-12);
}

// a_0 k_0 = a_1 k_1: the readout for token 0 is to be told from what another token would be with token 0's
// weight.
TEST(TheoremQuery, ComparesTokensByTheWeightOfTheOneThatIsAskedFor) {
  Eigen::MatrixXd keys(1, 2);
  keys << 1, 2;
  LayerTokens tokens = lattice_tokens(4, {1, 2}, keys);
  tokens.arrival << 2, 1;
  EXPECT_EQ(theorem_readout(tokens, 2, 0).nearest, 1);
  EXPECT_EQ(theorem_readout(tokens, 2, 1).nearest, 1);
}

// Two tokens that differ by a multiple of the lattice cannot be told apart: the readout merges them.
TEST(TheoremQuery, MergesTokensThatTheGridCannotTellApart) {
  Eigen::MatrixXd keys(1, 3);
  keys << 1, -2, 4;
  const LayerTokens tokens = lattice_tokens(4, {1, 5, 2}, keys);
  const TheoremReadout out = theorem_readout(tokens, 3, 0);
  EXPECT_NEAR(out.value[0].real(), (1.0 - 2.0) / 3, 1e-14);
  EXPECT_NEAR(out.error, 2, 1e-13);
}

TEST(TheoremQuery, FindsEqualTokensByChance) {
  const LayerTokens tokens = lattice_tokens(4, {3, 3, 3, 3, 3, 3}, Eigen::MatrixXd::Constant(2, 6, 0.7));
  TheoremQuery query;
  query.add(tokens);
  query.add(tokens);
  EXPECT_DOUBLE_EQ(query.chance(), 1.0 / 6);
  EXPECT_DOUBLE_EQ(query.top1().estimate, 1.0 / 6);
  EXPECT_DOUBLE_EQ(query.top1().high, 1.0 / 6);
}

TEST(TheoremQuery, NoticesAConjugatedQuery) {
  LayerTokens tokens = lattice_tokens(8, {5, 0, 3, 6, 1}, random_keys(4, 5));
  tokens.wave = tokens.wave.conjugate().eval();
  double found = 0;
  for (Index j = 0; j < 5; ++j) found += theorem_readout(tokens, 5, j).nearest;
  EXPECT_LE(found, 2);  // the token at 0 has a real wave, and 3 stands where 5's conjugate does
  EXPECT_GT(theorem_readout(tokens, 5, 3).error, 0.5);
}

TEST(TheoremQuery, RecordsEveryPrefix) {
  TheoremQuery query;
  query.add(lattice_tokens(16, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, random_keys(2, 10)));
  const auto record = query.record();
  ASSERT_EQ(record.size(), 3U);
  EXPECT_EQ(record[0]["t"], 4);
  EXPECT_EQ(record[1]["t"], 8);
  EXPECT_EQ(record[2]["t"], 10);
  EXPECT_EQ(record[2]["top1"][0], 1.0);
  EXPECT_LT(record[2]["error"], 1e-12);
}

}  // namespace
}  // namespace sca::experiments::ablation
