#include "experiments/probe/lag_decoder.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "experiments/probe/ridge.hpp"
#include "tests/experiments/probe/made_layers.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr std::int64_t vocab = 6;

/// A state that holds the indicator of the token `lag` positions back, and nothing else.
LayerTokens delayed(const std::vector<std::int64_t>& ids, std::int64_t lag) {
  const auto L = static_cast<std::int64_t>(ids.size());
  MatrixXd keys = MatrixXd::Zero(vocab, L);
  for (std::int64_t t = lag; t < L; ++t) keys(ids[static_cast<std::size_t>(t - lag)], t) = 1;
  LayerTokens tokens = lattice_tokens(1, std::vector<std::int64_t>(ids.size(), 0), keys);
  tokens.discount[0] = 0;
  return tokens;
}

TEST(LagDecoder, FindsTheLagThatTheStateHolds) {
  LagDecoder decoder(vocab);
  for (std::uint64_t s = 0; s < 40; ++s) {
    const auto ids = random_ids(20, vocab, s);
    std::vector<double> stream;  // a number that tells the newest token
    for (const std::int64_t id : ids) stream.push_back(static_cast<double>(id));
    decoder.add(delayed(ids, 2), stream, ids);
  }
  const auto record = decoder.record();
  ASSERT_EQ(record.size(), 5U);  // 1, 2, 4, 8, 16
  for (const auto& one : record) {
    // Of 20 x (20 - lag) answers; chance is 1/6, the rest of the tokens are independent of the state.
    const bool is_held = one["lag"] == 2;
    EXPECT_NEAR(one["state"][0], is_held ? 1.0 : 1.0 / 6, is_held ? 0 : 0.11) << one;
    EXPECT_NEAR(one["residual_stream"][0], 1.0 / 6, 0.11) << one;
    EXPECT_NEAR(one["random_labels"][0], 1.0 / 6, 0.11) << one;
    EXPECT_NEAR(one["unigram"][0], 1.0 / 6, 0.11) << one;
  }
}

// Least squares with rows sqrt(n penalty) e_i below the standardised features, by a QR decomposition.
TEST(Ridge, SolvesThePenalisedLeastSquares) {
  const Index n = 30;
  const Index p = 4;
  const double penalty = 0.3;
  const MatrixXd x = random_keys(p, n).transpose() * 3;
  std::vector<std::int64_t> classes;
  MatrixXd y = MatrixXd::Zero(n, 3);
  for (Index i = 0; i < n; ++i) {
    classes.push_back(x(i, 0) > 0.5 ? 2 : x(i, 1) > 0 ? 1 : 0);
    y(i, classes.back()) = 1;
  }
  const LinearClassifier got = Ridge(x, classes, 3).solved(penalty);
  MatrixXd rows(n + p, p);
  for (Index c = 0; c < p; ++c) {
    const Eigen::VectorXd centred = x.col(c).array() - x.col(c).mean();
    rows.col(c).head(n) = centred / std::sqrt(centred.squaredNorm() / static_cast<double>(n));
  }
  rows.bottomRows(p) = MatrixXd::Identity(p, p) * std::sqrt(penalty * static_cast<double>(n));
  MatrixXd targets = MatrixXd::Zero(n + p, 3);
  targets.topRows(n) = y.rowwise() - y.colwise().mean();
  const MatrixXd expected = rows.householderQr().solve(targets);
  EXPECT_LE((got.weights - expected).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Ridge, IgnoresFeaturesThatDoNotVary) {
  MatrixXd x(6, 2);
  x << 1, 5, 2, 5, 3, 5, -1, 5, -2, 5, -3, 5;
  const std::vector<std::int64_t> classes{1, 1, 1, 0, 0, 0};
  EXPECT_EQ(Ridge(x, classes, 2).solved(1e-4).predicted(x), classes);
}

}  // namespace
}  // namespace sca::experiments::ablation
