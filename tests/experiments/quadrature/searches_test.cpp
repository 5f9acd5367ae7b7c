#include <gtest/gtest.h>

#include <cmath>

#include "experiments/quadrature/lawson.hpp"
#include "experiments/quadrature/varpro.hpp"
#include "theory/equispaced.hpp"
#include "theory/measures/dolph_chebyshev.hpp"

namespace sca::experiments {
namespace {

TEST(MinimaxWeights, OnEquispacedNodesTheyAreDolphAndChebyshevs) {
  const double delta = 0.25;
  const double spread = 2;
  for (const std::size_t n : {3u, 8u, 17u}) {
    const double spacing = node_spacing(delta, spread);
    std::vector<double> nodes;
    for (std::size_t m = n / 2; m < n; ++m)
      nodes.push_back(spacing * (static_cast<double>(m) - static_cast<double>(n - 1) / 2));
    std::vector<double> points;
    const std::size_t count = 40 * n;
    for (std::size_t i = 0; i <= count; ++i)
      points.push_back(std::lerp(delta, spread, static_cast<double>(i) / static_cast<double>(count)));
    const MinimaxWeights found = minimax_weights(nodes, points);
    const double optimum = DolphChebyshev<double>(n, delta, spread).sup();
    // On finitely many points one can only do better; nobody does better than the bound by duality.
    EXPECT_LE(found.lower_bound,
              optimum * (1 + static_cast<double>(count) * std::numeric_limits<double>::epsilon()));
    EXPECT_GE(found.largest, found.lower_bound);
    EXPECT_LE(optimum * (1 - 1 / static_cast<double>(n)), found.largest);
    double sum = 0;
    for (const double w : found.weights) sum += w;
    EXPECT_NEAR(sum, 1, static_cast<double>(4 * n) * std::numeric_limits<double>::epsilon());
  }
}

/// One difference: a single cosine can vanish there, and the search has to find it.
TEST(LearnedRule, FindsNodesWhoseKernelVanishes) {
  const Samples samples{1, {1.0, 1.0, 1.0}, {1, 1, 1}};
  const LearnedRule rule = learned_rule(samples, 1, {}, 4, 4, 1);
  ASSERT_EQ(rule.nodes.size(), 1u);
  EXPECT_LT(rule.root_mean_square, std::sqrt(std::numeric_limits<double>::epsilon()));
  EXPECT_NEAR(std::remainder(rule.nodes[0] - std::acos(0.0), std::acos(-1.0)), 0, rule.root_mean_square * 2);
  EXPECT_EQ(rule.weights[0], 1);
}

TEST(LearnedRule, KeepsItsRangeAndItsSum) {
  Samples samples{1, {}, {}};
  for (int i = 1; i <= 40; ++i) {
    samples.x.push_back(0.05 * i);
    samples.scales.push_back(1);
  }
  const LearnedRule rule = learned_rule(samples, 3, {true, 0.001, 3}, 3, 4, 2);
  double sum = 0;
  double size = 0;
  double squared = 0;
  for (std::size_t m = 0; m < 3; ++m) {
    EXPECT_GE(rule.nodes[m], 0.001);
    EXPECT_LE(rule.nodes[m], 3);
    sum += rule.weights[m];
    size += std::abs(rule.weights[m]);
  }
  for (const double x : samples.x) squared += std::pow(rule.kernel(&x, 1), 2);
  // Three terms of a kernel as large as the weights, twice, and phases up to 6.
  const double rounding = 3 * 6 * size * std::numeric_limits<double>::epsilon();
  EXPECT_NEAR(sum, 1, rounding);
  EXPECT_NEAR(std::sqrt(squared / 40), rule.root_mean_square, rounding);
  EXPECT_LT(rule.root_mean_square, learned_rule(samples, 1, {true, 0.001, 3}, 3, 4, 2).root_mean_square);
}

}  // namespace
}  // namespace sca::experiments
