#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "evidence/eval/decimal.hpp"

namespace sca::evidence::eval {
namespace {

TEST(Decimal, RationalsRoundToNearestEven) {
  EXPECT_EQ(to_decimal(Rational(0), 60), "0");
  EXPECT_EQ(to_decimal(Rational(1, 3), 5), "0.33333");
  EXPECT_EQ(to_decimal(Rational(-2, 3), 5), "-0.66667");
  EXPECT_EQ(to_decimal(Rational(1, 8), 2), "0.12");
  EXPECT_EQ(to_decimal(Rational(3, 8), 2), "0.38");
  EXPECT_EQ(to_decimal(Rational(99999, 1000), 3), "100");
  EXPECT_EQ(to_decimal(Rational(12), 4), "12.00");
  EXPECT_EQ(to_decimal(Rational(12), 1), "1e+1");
  EXPECT_EQ(to_decimal(Rational(1, 400), 2), "2.5e-3");
}

TEST(Decimal, IntervalsRoundOnlyWhereBothEndsDo) {
  const PrecisionScope scope(256);
  const Interval third = to_interval(Rational(1, 3));
  EXPECT_EQ(to_decimal(third, 5), "0.33333");
  EXPECT_EQ(to_decimal(third, 1), "0.3");
  EXPECT_EQ(to_decimal(Interval(0), 5), "0");
  // A tie that is known only from around it.
  EXPECT_FALSE(to_decimal(Interval(third * Interval(3) / Interval(8)), 2));
  EXPECT_FALSE(to_decimal(hull(Interval(-1), Interval(1)), 2));
  EXPECT_FALSE(to_decimal(Interval(Interval(1) / hull(Interval(-1), Interval(1))), 2));
}

TEST(Decimal, PartialNumbersSayNoMoreThanIsKnown) {
  const PrecisionScope scope(256);
  EXPECT_EQ(
      partial_decimal(hull(to_interval(Rational(123456, 100000)), to_interval(Rational(123457, 100000))), 60),
      "1.2346");
  EXPECT_EQ(partial_decimal(hull(to_interval(Rational(-1, 2000)), to_interval(Rational(1, 3000))), 60),
            "0e-3");
  EXPECT_FALSE(partial_decimal(hull(Interval(-20), Interval(1)), 60));
  EXPECT_FALSE(partial_decimal(hull(Interval(1), Interval(2)), 60));
}

TEST(Decimal, ReadsWhatItWrites) {
  EXPECT_EQ(from_decimal("-0.0125"), Rational(-1, 80));
  EXPECT_EQ(from_decimal("2.5e-3"), Rational(1, 400));
  EXPECT_EQ(from_decimal("010"), Rational(10));
  EXPECT_EQ(from_decimal("1e+2"), Rational(100));
  EXPECT_EQ(from_decimal("0e-99"), Rational(0));
  for (const char* text :
       {"", "-", ".5", "1.", "1e", "0x10", "1/2", " 1", "inf", "1e99999999999", "1e1000001"}) {
    EXPECT_FALSE(from_decimal(text)) << text;
  }
  EXPECT_EQ(significant_digits("-0.00120e-7"), 3);
  EXPECT_EQ(significant_digits("0e-9"), 0);
}

RC_GTEST_PROP(DecimalProperty, RoundTripStaysWithinHalfAUnit, ()) {
  const auto above = *rc::gen::inRange<long>(-1'000'000'000'000, 1'000'000'000'000);
  const auto below = *rc::gen::inRange<long>(1, 1'000'000'000'000);
  const auto digits = *rc::gen::inRange(1, 40);
  const Rational x = Rational(above) / Rational(below);
  const auto back = from_decimal(to_decimal(x, digits));
  RC_ASSERT(back.has_value());
  const Rational gap = *back < x ? Rational(x - *back) : Rational(*back - x);
  const Rational size = x < 0 ? Rational(-x) : x;
  // Half a unit in the last place is at most 10^{1-digits}/2 of the number.
  const Rational scale(boost::multiprecision::pow(Integer(10), static_cast<unsigned>(digits - 1)));
  RC_ASSERT(2 * gap * scale <= size);
}

}  // namespace
}  // namespace sca::evidence::eval
