// What the reference asks of a scalar, and that each one delivers it.
#include <gtest/gtest.h>

#include <thread>

#include "reference/activation.hpp"
#include "reference/autodiff.hpp"
#include "tests/reference/enclosure.hpp"

namespace sca::reference {
namespace {

TEST(Scalars, ABranchAtAKinkInsideAnIntervalIsTheHull) {
  const PrecisionScope scope(100);
  const Interval around = hull(Interval(19), Interval(21));
  const Interval value = softplus(around, std::optional(20.0));
  EXPECT_TRUE(contains_zero(value - softplus(Interval(19))));
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

}  // namespace
}  // namespace sca::reference
