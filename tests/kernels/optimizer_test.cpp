#include "kernels/network/optimizer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "kernels/registry.hpp"

namespace sca::kernels {
namespace {

class AdamWithClipping : public testing::Test {
 protected:
  static constexpr double rate = 0.01;

  Network<double> network{
      {.vocab = 3,
       .blocks = 1,
       .ratio = 0,
       .layer = {.D = 4, .K = 1, .Kq = 1, .H = 1, .M = 1, .ck = 1, .anchors = 0, .E = 1, .maxlen = 4},
       .transformer = {.D = 4, .heads = 2, .kv_heads = 1, .d_ff = 3, .maxlen = 4, .normalises = true}},
      Rules{},
      {f64_operators()[0], core_kernels()[0], 1}};
  Optimizer<double> optimizer{network};
  std::vector<double> gradient = std::vector<double>(network.values().size());

  void fill(double scale) {
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      gradient[i] = scale * std::cos(static_cast<double>(3 * i + 1));
      network.values()[i] = std::sin(static_cast<double>(i));
    }
  }
  double norm() const {
    double sum = 0;
    for (const double g : gradient) sum += g * g;
    return std::sqrt(sum);
  }
  bool decays(std::size_t i) const {
    for (const Parameter& one : network.parameters()) {
      if (static_cast<std::int64_t>(i) >= one.offset && static_cast<std::int64_t>(i) < one.offset + one.count)
        return one.name.ends_with("weight");  // the norms' gains are called scale here
    }
    return false;
  }
};

// After the first step m / (1 - beta1) = g and v / (1 - beta2) = g^2.
TEST_F(AdamWithClipping, FirstStepIsTheSignOfTheGradientAndTheDecay) {
  for (const double scale : {0.01, 10.0}) {
    Optimizer<double> fresh(network);
    fill(scale);
    const double clip = std::min(1.0, 1 / norm());
    const std::vector<double> before(network.values().begin(), network.values().end());
    EXPECT_NEAR(fresh.step(gradient, rate), norm(), 1e-12 * norm());
    for (std::size_t i = 0; i < before.size(); ++i) {
      const double g = clip * gradient[i];
      const double expected = before[i] * (decays(i) ? 1 - rate * 0.1 : 1) - rate * g / (std::abs(g) + 1e-8);
      EXPECT_NEAR(network.values()[i], expected, 1e-14) << i;  // eight roundings of numbers below 1
    }
  }
}

TEST_F(AdamWithClipping, KeepsTheMomentsOfTheClippedGradient) {
  fill(10);
  const double clip = 1 / norm();
  optimizer.step(gradient, rate);
  optimizer.step(gradient, rate);
  EXPECT_EQ(optimizer.steps(), 2);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const double g = clip * gradient[i];
    EXPECT_NEAR(optimizer.first_moment()[i], (1 - 0.9 * 0.9) * g, 1e-15);
    EXPECT_NEAR(optimizer.second_moment()[i], (1 - 0.95 * 0.95) * g * g, 1e-15);
  }
}

TEST_F(AdamWithClipping, ChangesNothingWhereTheGradientIsNotFinite) {
  fill(1);
  const std::vector<double> before(network.values().begin(), network.values().end());
  gradient[5] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(std::isfinite(optimizer.step(gradient, rate)));
  EXPECT_TRUE(std::equal(before.begin(), before.end(), network.values().begin()));
  EXPECT_EQ(optimizer.steps(), 0);
}

}  // namespace
}  // namespace sca::kernels
