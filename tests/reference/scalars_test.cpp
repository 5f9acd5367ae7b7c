// What the reference asks of a scalar, and that each one delivers it.
#include <gtest/gtest.h>

#include <thread>

#include "reference/activation.hpp"
#include "reference/autodiff.hpp"
#include "tests/reference/enclosure.hpp"
#include "tests/reference/golden.hpp"

namespace sca::reference {
namespace {

TEST(Scalars, ABranchAtAKinkInsideAnIntervalIsTheHull) {
  const PrecisionScope scope(100);
  const Interval around = hull(Interval(19), Interval(21));
  const Interval value = softplus(around, std::optional(20.0));
  EXPECT_LE(lower_double(value), 19 + 1e-8);
  EXPECT_GE(upper_double(value), 21.0);
  EXPECT_TRUE(contains_zero(softplus(Interval(21), std::optional(20.0)) - Interval(21)));
  sca::test::expect_encloses(softplus(Interval(20), std::optional(20.0)),
                             log(Interval(1) + exp(Interval(20))), 25);
  const Interval clamped = clamp(hull(Interval(0), Interval(2)), Interval(1), Interval(5));
  EXPECT_EQ(lower_double(clamped), 1);
  EXPECT_EQ(upper_double(clamped), 2);
}

TEST(Scalars, ANaNPassesThroughClampAndBranch) {
  EXPECT_TRUE(std::isnan(clamp(std::nan(""), 1.0, 2.0)));
  EXPECT_TRUE(std::isnan(softplus(std::nan(""), std::optional(20.0))));
}

TEST(Scalars, ClampHasDerivativeOneOnItsBoundsAndZeroBeyond) {
  const auto slope = [](double x) {
    return derivative(clamp(variable(x, 1, 0), Dual<double>(1.0), Dual<double>(2.0)), 0);
  };
  EXPECT_EQ(slope(0.5), 0);
  EXPECT_EQ(slope(1.0), 1);
  EXPECT_EQ(slope(1.5), 1);
  EXPECT_EQ(slope(2.0), 1);
  EXPECT_EQ(slope(2.5), 0);
}

TEST(Scalars, DigitsAreOfTheThreadThatOpensTheScope) {
  const DigitsScope scope(80);
  EXPECT_GE(Float(1).precision(), 80u);
  unsigned inside = 0;
  std::thread([&] {
    const DigitsScope own(60);
    inside = Float(1).precision();
  }).join();
  EXPECT_GE(inside, 60u);
  EXPECT_LT(inside, 80u);
  EXPECT_GE(Float(1).precision(), 80u);
}

/// d sum(out * G) / dx by forward mode through the whole layer.
template <class Value>
std::vector<Value> input_gradient(const test::Golden& g) {
  const auto config = test::layer_config(g);
  const auto source = [&](const std::string& name, const Shape&) {
    return tensor_cast<Dual<Value>>(g.tensor<Value>("p." + name),
                                    [](const Value& v) { return Dual<Value>(v); });
  };
  const auto layer =
      make_layer(config, Dialect::released(), read_layer_parameters<Dual<Value>>(config, source));
  Tensor<Dual<Value>> x{g.arrays.at("x").shape, {}};
  const auto count = static_cast<Eigen::Index>(volume(x.shape));
  for (const double value : g.arrays.at("x").values) {
    x.data.push_back(variable(Value(value), count, static_cast<Eigen::Index>(x.data.size())));
  }
  const auto out = forward(layer, x).out;
  std::vector<Value> gradient(x.data.size(), Value(0));
  for (std::size_t i = 0; i < out.data.size(); ++i) {
    const Value weight(g.arrays.at("G").values[i]);
    for (std::size_t j = 0; j < gradient.size(); ++j) {
      gradient[j] += Value(weight * derivative(out.data[i], static_cast<Eigen::Index>(j)));
    }
  }
  return gradient;
}

TEST(Scalars, ForwardModeGivesTheReleasedGradients) {
  const DigitsScope digits(50);
  for (const char* name : {"sca_00", "sca_10"}) {
    const auto g = test::read_golden(std::string(SCA_SOURCE_DIR "/tests/data/golden/") + name + ".npz");
    const auto in_double = input_gradient<double>(g);
    const auto exact = input_gradient<Float>(g);
    const auto& released = g.arrays.at("gx").values;
    double largest = 0;
    for (const double value : released) largest = std::max(largest, std::abs(value));
    // Two double evaluations by different routes: what separates ours from the exact value explains the
    // other's error up to the number of operations between them, taken as a hundredfold.
    double ours = largest * 0x1p-53;
    for (std::size_t i = 0; i < released.size(); ++i) {
      ours = std::max(ours, std::abs(static_cast<double>(exact[i] - Float(in_double[i]))));
    }
    EXPECT_LT(ours, largest * 1e-12) << name;
    for (std::size_t i = 0; i < released.size(); ++i) {
      EXPECT_LE(std::abs(static_cast<double>(exact[i] - Float(released[i]))), 100 * ours) << name << " " << i;
    }
  }
}

}  // namespace
}  // namespace sca::reference
