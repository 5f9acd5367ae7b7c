#include "experiments/quadrature/axis_rule.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "reference/multiprecision.hpp"
#include "theory/axis_rules.hpp"

namespace sca::experiments {
namespace {

using reference::Float;

TEST(AxisRule, DefectsBelowTheUnitRoundoffAreAccurate) {
  // Clenshaw–Curtis on 33 nodes, which theory has in any scalar: the same defect at three times the
  // precision.
  const auto rule = axis_rule(Axis::clenshaw_curtis, 33, 3);
  ASSERT_NE(rule, nullptr);
  EXPECT_TRUE(rule->arithmetic().starts_with("mpfr")) << rule->arithmetic();
  const reference::DigitsScope scope(150);
  const auto exact = clenshaw_curtis_rule<Float>(32);
  for (const double a : {3.0, 5.5}) {
    const Float defect = cosine_rule<Float>(exact.nodes, exact.weights, Float(a)) - sinc(Float(a));
    EXPECT_LT(std::abs(rule->defect(a)), std::numeric_limits<double>::epsilon());
    EXPECT_EQ(static_cast<float>(rule->defect(a)), static_cast<float>(static_cast<double>(defect)));
  }
}

TEST(AxisRule, DoubleIsUsedWhereItIsEnough) {
  EXPECT_EQ(axis_rule(Axis::gauss_legendre, 2, 4)->arithmetic(), "f64");
  EXPECT_EQ(axis_rule(Axis::midpoint, 4096, 4)->arithmetic(), "f64");
  EXPECT_EQ(axis_rule(Axis::gauss_legendre, 200, 4), nullptr);  // below 1e-100
}

TEST(AxisRule, DefectsStayBelowTheirBoundsAndAreNear) {
  for (const Axis kind :
       {Axis::midpoint, Axis::trapezoid, Axis::gauss_legendre, Axis::clenshaw_curtis, Axis::gauss_hermite}) {
    for (const std::size_t n : {2u, 5u, 12u, 24u}) {
      const auto rule = axis_rule(kind, n, 1);
      for (const double a : {1.0, 2.5, 7.0})
        EXPECT_LE(std::abs(rule->defect(a)), rule->bound(a)) << n << " " << a;
    }
  }
}

TEST(AxisRule, KernelsAreOneAtZero) {
  for (const Axis kind :
       {Axis::midpoint, Axis::trapezoid, Axis::gauss_legendre, Axis::clenshaw_curtis, Axis::gauss_hermite}) {
    const auto rule = axis_rule(kind, 7, 1);
    EXPECT_EQ(rule->window(0), 1);
    EXPECT_LE(std::abs(rule->defect(0)), 7 * std::numeric_limits<double>::epsilon());
  }
}

}  // namespace
}  // namespace sca::experiments
