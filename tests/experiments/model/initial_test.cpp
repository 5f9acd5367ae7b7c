#include "experiments/model/initial.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "experiments/model/network.hpp"

namespace sca::experiments::ablation {
namespace {

class Initial : public testing::Test {
 protected:
  explicit Initial(std::int64_t M = 2)
      : plan_(network_plan(model_spec({{"M", M}}, "test"), 64, 32)),
        network_(plan_.sizes, plan_.rules, plan_.by) {
    set_initial(network_, 7);
  }

  std::span<const float> tensor(const std::string& name) const {
    for (const kernels::Parameter& one : network_.parameters()) {
      if (one.name == name)
        return std::span<const float>(network_.values())
            .subspan(static_cast<std::size_t>(one.offset), static_cast<std::size_t>(one.count));
    }
    ADD_FAILURE() << "no " << name;
    return {};
  }

  NetworkPlan plan_;
  kernels::Network<float> network_;
};
class InitialWithOneSample : public Initial {
 protected:
  InitialWithOneSample() : Initial(1) {}
};

double mean_square(std::span<const float> values) {
  double sum = 0;
  for (const float x : values) sum += static_cast<double>(x) * static_cast<double>(x);
  return sum / static_cast<double>(values.size());
}

TEST_F(Initial, SlopesAreGeometricBehindTheirSoftplus) {
  const auto raw = tensor("blocks.0.attn.decay_slopes");
  const double expected[] = {0.001, 0.0046415888, 0.0215443469, 0.1};
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_NEAR(std::log1p(std::exp(static_cast<double>(raw[k]))), expected[k], 1e-6 * expected[k] + 1e-9)
        << k;
}

// theta_1 = 0.001 + 2.999 d_1 / (d_1 + d_2), d = softplus(raw) + 1e-4: e^0.001 - 1 + 1e-4 and e^3 - 1 + 1e-4.
TEST_F(Initial, NodesBeginAtBothEndsOfTheBand) {
  const auto raw = tensor("blocks.0.attn.theta_d_raw");
  const auto step = [&](std::size_t i) { return std::log1p(std::exp(static_cast<double>(raw[i]))) + 1e-4; };
  const double first = std::log(std::exp(0.001) + 1e-4) + 1e-4;
  EXPECT_NEAR(step(0), first, 1e-8);
  EXPECT_NEAR(step(1), std::log(std::exp(3.0) + 1e-4) + 1e-4, 1e-6);
}

TEST_F(InitialWithOneSample, NodesAreGeometricOverTheHeads) {
  const auto raw = tensor("blocks.0.attn.theta_raw");
  const auto H = static_cast<std::size_t>(plan_.sizes.layer.H);
  const auto node = [&](std::size_t k) {
    return 0.001 + 2.999 / (1 + std::exp(-static_cast<double>(raw[k * H])));
  };
  EXPECT_NEAR(node(1), 0.001 * std::cbrt(3000.0), 1e-5);
  EXPECT_NEAR(node(2), 0.001 * std::pow(std::cbrt(3000.0), 2), 1e-5);
  EXPECT_NEAR(node(0), 0.001 + 2.999 * 1e-4, 1e-6);  // the released code keeps the share inside (0, 1)
}

// A mean square of n numbers of kurtosis at most 3 has the relative deviation sqrt(2 / n): five of them.
TEST_F(Initial, MatricesHaveTheVarianceThatTheirRuleSays) {
  const auto expect = [&](const std::string& name, double variance) {
    const auto values = tensor(name);
    const double slack = 5 * std::sqrt(2 / static_cast<double>(values.size()));
    EXPECT_NEAR(mean_square(values) / variance, 1, slack) << name;
  };
  expect("embedding.weight", 1.0 / 32);
  expect("blocks.0.attn.conv_weight", 2.0 / 4);
  expect("blocks.0.attn.in_proj.weight", 1.0 / 32 / 3);
  expect("blocks.2.attn.q_proj.weight", 1.0 / 32 / 3);
  expect("blocks.0.attn.W_readout", 6.0 / (16 * 32 + 4 * 32) / 3);
}

TEST_F(Initial, GainsAreOneAndBiasesZero) {
  const auto are = [&](const std::string& name, float value) {
    EXPECT_TRUE(std::ranges::all_of(tensor(name), [&](float x) { return x == value; })) << name;
  };
  for (const char* name : {"norm.scale", "attn.gated_norm.weight", "attn.score_scale", "attn.phase_scale"})
    are(std::string("blocks.0.") + name, 1);
  for (const char* name : {"norm1.scale", "norm2.scale"}) are(std::string("blocks.2.") + name, 1);
  for (const char* name : {"blocks.0.attn.score_bias", "blocks.0.attn.w_int_raw", "blocks.2.ff_in.bias"})
    are(name, 0);
}

TEST_F(Initial, IsAFunctionOfTheSeed) {
  const std::vector<float> first(network_.values().begin(), network_.values().end());
  set_initial(network_, 8);
  EXPECT_FALSE(std::ranges::equal(first, network_.values()));
  set_initial(network_, 7);
  EXPECT_TRUE(std::ranges::equal(first, network_.values()));
}

}  // namespace
}  // namespace sca::experiments::ablation
