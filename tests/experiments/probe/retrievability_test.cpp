#include "experiments/probe/retrievability.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/experiments/probe/made_layers.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::MatrixXd;

TEST(EpsilonRank, CountsWhatIsAboveEpsilonTimesTheLargest) {
  Eigen::VectorXd singular(4);
  singular << 8, 4, 1, 0.03;
  EXPECT_EQ(epsilon_rank(singular, 0x1p-24), 4);
  EXPECT_EQ(epsilon_rank(singular, 0x1p-8), 3);
  EXPECT_EQ(epsilon_rank(singular, 0.5), 1);
  EXPECT_EQ(epsilon_rank(Eigen::VectorXd::Zero(3), 0.5), 0);
}

// Columns e_1, e_2, e_1 + delta e_3: the third's own part is delta, the least singular value about
// delta / sqrt(2) and the largest about sqrt(2).
TEST(Horizon, EndsWhereAColumnAddsTooLittle) {
  MatrixXd columns = MatrixXd::Zero(5, 4);
  columns(0, 0) = columns(1, 1) = columns(0, 2) = columns(4, 3) = 1;
  columns(2, 2) = 1e-4;
  EXPECT_EQ(horizon(columns, 1e-3), 2);
  EXPECT_EQ(horizon(columns, 1e-5), 4);
  EXPECT_EQ(horizon(columns.leftCols(0), 1e-3), 0);
  EXPECT_EQ(horizon(MatrixXd::Zero(3, 2), 1e-3), 0);
}

TEST(Horizon, IsAtMostTheHeight) {
  const MatrixXd columns = random_keys(6, 20);
  EXPECT_EQ(horizon(columns, 1e-12), 6);
}

// Two unit vectors at an angle: the dual of one is orthogonal to the other, and 1 / sin as long.
TEST(NoiseGains, AreOneOverTheSineOfTwoColumns) {
  const double angle = 0.01;
  MatrixXd columns(3, 2);
  columns << 1, std::cos(angle), 0, std::sin(angle), 0, 0;
  columns.col(1) *= 7;
  const Eigen::VectorXd gains = noise_gains(columns);
  EXPECT_NEAR(gains[0] * std::sin(angle), 1, 1e-12);
  EXPECT_NEAR(gains[1] * std::sin(angle), 1, 1e-12);
}

TEST(DistinctColumns, LeavesOutExactRepetitions) {
  MatrixXd columns(2, 5);
  columns << 1, 2, 1, 1, 2, 3, 4, 3, 5, 4;
  const MatrixXd kept = distinct_columns(columns);
  MatrixXd expected(2, 3);
  expected << 1, 2, 1, 3, 4, 5;
  EXPECT_EQ(kept, expected);
}

// Distinct phases on the lattice are orthogonal: rank t, all within the horizon, no noise added.
TEST(Retrievability, IsFullOnTheLattice) {
  Retrievability all;
  all.add(lattice_tokens(8, {5, 0, 3, 6, 1}, MatrixXd::Constant(2, 5, 0.5)));
  const auto record = all.record();
  EXPECT_EQ(record["distinct"], 5.0);
  EXPECT_EQ(record["2KHM"], 32.0);
  for (const auto& at : record["at"]) {
    EXPECT_EQ(at["rank"], 5.0);
    EXPECT_EQ(at["horizon"], 5.0);
    EXPECT_EQ(at["not_reached"], 1);
  }
  EXPECT_NEAR(record["noise_gain"], 1, 1e-12);
  EXPECT_NEAR(record["condition"], 1, 1e-12);
}

TEST(Retrievability, IsOneForEqualTokens) {
  Retrievability all;
  all.add(lattice_tokens(4, {3, 3, 3, 3}, MatrixXd::Constant(2, 4, 0.7)));
  const auto record = all.record();
  EXPECT_EQ(record["distinct"], 1.0);
  EXPECT_EQ(record["at"][0]["rank"], 1.0);
}

// More tokens than real numbers in the state: 2KHM = 8.
TEST(Retrievability, EndsAtTheStatesSize) {
  Retrievability all;
  LayerTokens tokens = lattice_tokens(4, std::vector<std::int64_t>(12, 1), random_keys(1, 12));
  for (Eigen::Index i = 0; i < tokens.f.size(); ++i) tokens.f(i) = {drawn(2, i), drawn(3, i)};
  all.add(tokens);
  const auto record = all.record();
  EXPECT_EQ(record["at"][0]["rank"], 8.0);
  EXPECT_EQ(record["at"][0]["horizon"], 8.0);
  EXPECT_EQ(record["at"][0]["not_reached"], 0);
}

}  // namespace
}  // namespace sca::experiments::ablation
