// What a bounded value says of itself.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "reference/activation.hpp"
#include "reference/bounded.hpp"

namespace sca::test {
namespace {

using reference::Bounded;
using reference::DigitsScope;
using reference::FloatingPoint;
using reference::FloatingPointScope;

constexpr double u = reference::binary64.arithmetic.unit_roundoff;
constexpr double smallest_normal = std::numeric_limits<double>::min();

class BoundedInterface : public ::testing::Test {
  DigitsScope digits_{50};
};

TEST_F(BoundedInterface, ConstantsAreRoundedUnlessTheyAreOfTheFormat) {
  const FloatingPointScope scope(reference::binary32);
  EXPECT_TRUE(Bounded(3).error().is_zero());
  EXPECT_TRUE(Bounded(0x1.000002p0).error().is_zero());
  EXPECT_TRUE(Bounded(0).error().is_zero());
  EXPECT_FALSE(Bounded(0x1.000001p0).error().is_zero());
  EXPECT_GE(Bounded(1e-6).error().bound(), std::abs(static_cast<double>(1e-6F) - 1e-6));
  EXPECT_LE(Bounded(1e-6).error().bound(), 1e-6 * gamma(1, reference::binary32.u()));
  EXPECT_FALSE(Bounded(1e300).error().is_finite());
  EXPECT_TRUE(Bounded::exact(0x1.000001p0).error().is_zero());
}

TEST_F(BoundedInterface, PolesAreUnknownNeverWrong) {
  const Bounded x = Bounded::within(reference::Ball::exact(1), 1);
  const Bounded zero = x - x;
  for (const Bounded& y :
       {Bounded(1) / x, sqrt(x), log(x), Bounded(1) / zero, log1p(-x), x / Bounded(0), sqrt(Bounded(-1)),
        log(Bounded(0)), exp(Bounded(710)), Bounded(1e300) * Bounded(1e300), Bounded::exact(NAN),
        Bounded::exact(INFINITY), Bounded::exact(INFINITY) * Bounded(0)}) {
    EXPECT_FALSE(y.error().is_finite());
    EXPECT_TRUE(y.vacuous());
    EXPECT_EQ(clearance(y, 0.0), INFINITY);
  }
  EXPECT_LT(sqrt(Bounded(0)).error().bound(), smallest_normal);
}

TEST_F(BoundedInterface, OverflowInsideASigmoidIsHarmless) {
  for (const double x : {-750.0, -2000.0, -1e10}) {
    const Bounded result = sigmoid(Bounded::within(reference::Ball::exact(x), 0.25));
    EXPECT_LT(result.error().bound(), 4 * smallest_normal);  // 2 e^x, and e^0.25 < 2
    EXPECT_LE(clearance(result, reference::sigmoid(x)), 1);
  }
  // The exponential, the sum and the quotient.
  EXPECT_LE(sigmoid(Bounded::exact(2000)).error().bound(), gamma(3, u));
}

TEST_F(BoundedInterface, ANanIsNeverWithin) {
  const Bounded x = Bounded::exact(1) / Bounded(3);
  EXPECT_LE(clearance(x, 1.0 / 3), 1);
  EXPECT_GT(clearance(x, std::nextafter(std::nextafter(1.0 / 3, 1), 1)), 1);
  EXPECT_EQ(clearance(x, NAN), INFINITY);
  EXPECT_EQ(clearance(Bounded(2), 2.0), 0);
  EXPECT_EQ(clearance(Bounded(2), 2.5), INFINITY);
}

TEST_F(BoundedInterface, SumsAreBoundedForEveryOrderUntilTheyAreClosed) {
  const auto chain = [](bool close) {
    Bounded sum(0);
    for (int i = 0; i < 100; ++i) {
      sum = sum + Bounded::exact(1);
      if (close) sum = sum.closed();
    }
    return sum.error().bound();
  };
  // Of the whole sum, which is 100.
  const auto roundings = [](double bound) { return std::floor(bound / (100 * u)); };
  EXPECT_EQ(roundings(chain(false)), 99);
  EXPECT_LT(chain(true), 0.6 * chain(false));
  FloatingPoint balanced = reference::binary64;
  balanced.sum_depth = 7;
  const FloatingPointScope scope(balanced);
  EXPECT_EQ(roundings(chain(false)), 7);
}

TEST_F(BoundedInterface, EachOperationIsChargedToTheEvaluationInForce) {
  Bounded sum = Bounded::exact(1) + Bounded::exact(1);
  {
    const FloatingPointScope scope(reference::binary32);
    sum = sum + Bounded::exact(1);
    EXPECT_GE(sum.error().bound(), 3 * reference::binary32.u());
  }
  EXPECT_GE((sum + Bounded::exact(1)).error().bound(), 3 * reference::binary32.u() + 4 * u);
}

TEST_F(BoundedInterface, StoredRoundingsAreAdded) {
  const Bounded x = Bounded::rounded(static_cast<double>(0.1F), reference::binary32);
  EXPECT_GE(x.error().bound(), std::abs(0.1 - static_cast<double>(0.1F)));
  const Bounded y = (Bounded::exact(1) / Bounded(3)).stored_as(reference::binary32);
  EXPECT_LE(clearance(y, static_cast<double>(1.0F / 3)), 1);
  EXPECT_LT(y.error().bound(), reference::binary32.u());
}

}  // namespace
}  // namespace sca::test
