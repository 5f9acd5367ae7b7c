#include "reference/krawczyk.hpp"

#include <gtest/gtest.h>

namespace sca::reference {
namespace {

using Box = std::vector<Interval>;

Interval between(const Rational& a, const Rational& b) { return hull(to_interval(a), to_interval(b)); }

/// x^2 - 2.
const IntervalSystem square_root{[](const Box& x) { return Box{square(x[0]) - Interval(2)}; },
                                 [](const Box& x) { return Box{Interval(2) * x[0]}; }};
/// x^2 + y^2 = 25, x y = 12: (3, 4) and its mirror images.
const IntervalSystem circle{
    [](const Box& x) {
      return Box{square(x[0]) + square(x[1]) - Interval(25), x[0] * x[1] - Interval(12)};
    },
    [](const Box& x) {
      return Box{Interval(2) * x[0], Interval(2) * x[1], x[1], x[0]};
    }};

TEST(Krawczyk, EnclosesTheSquareRootOfTwo) {
  const PrecisionScope scope(128);
  const auto result = krawczyk(square_root, {between(Rational(14, 10), Rational(15, 10))});
  ASSERT_EQ(result.outcome, RootTest::unique_root);
  EXPECT_TRUE(contains_zero(square(result.image[0]) - Interval(2)));
  EXPECT_TRUE(certainly_less(magnitude(result.image[0] - sqrt(Interval(2))), to_interval(Rational(1, 100))));
}

TEST(Krawczyk, SaysThatABoxHoldsNoRoot) {
  const PrecisionScope scope(128);
  EXPECT_EQ(krawczyk(square_root, {between(2, 3)}).outcome, RootTest::no_root);
}

TEST(Krawczyk, DoesNotDecideOverTwoRootsOrASingularPoint) {
  const PrecisionScope scope(128);
  EXPECT_EQ(krawczyk(square_root, {between(-2, 3)}).outcome, RootTest::unknown);
  EXPECT_EQ(krawczyk(square_root, {between(-2, 2)}).outcome, RootTest::unknown);
}

TEST(Krawczyk, SolvesASystem) {
  const PrecisionScope scope(128);
  const Rational r(1, 50);
  auto result = krawczyk(circle, {between(3 - r, 3 + r + r), between(4 - r - r, 4 + r)});
  ASSERT_EQ(result.outcome, RootTest::unique_root);
  for (int step = 0; step < 6; ++step) result = krawczyk(circle, result.image);
  EXPECT_TRUE(contains_zero(result.image[0] - Interval(3)));
  EXPECT_TRUE(contains_zero(result.image[1] - Interval(4)));
  EXPECT_TRUE(certainly_less(magnitude(result.image[1] - Interval(4)), to_interval(Rational(1, 1000000000))));
  EXPECT_EQ(krawczyk(circle, {between(3 + r, 3 + r + r), between(4 - r, 4 + r)}).outcome, RootTest::no_root);
}

}  // namespace
}  // namespace sca::reference
