#include "proofs_numeric/rounded_arithmetic.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "evidence/hash.hpp"

namespace sca::proofs {
namespace {

/// Any binary32 number of moderate size, from its bits.
float some_float(unsigned index) {
  const std::uint64_t bits = evidence::mixed(index);
  const float mantissa = static_cast<float>(bits % (1U << 24));
  return std::ldexp((bits >> 40) % 2 == 0 ? mantissa : -mantissa, static_cast<int>((bits >> 48) % 60) - 50);
}

TEST(RoundedArithmetic, AddsAsTheHardwareDoes) {
  constexpr RoundedArithmetic binary32{24};
  for (unsigned i = 0; i < 5000; ++i) {
    const float a = some_float(2 * i);
    const float b = some_float(2 * i + 1);
    const volatile float sum = a + b;
    const volatile float difference = a - b;
    EXPECT_EQ(binary32.add(Rational(a), Rational(b)), Rational(static_cast<float>(sum))) << a << " + " << b;
    EXPECT_EQ(binary32.subtract(Rational(a), Rational(b)), Rational(static_cast<float>(difference)));
  }
}

TEST(RoundedArithmetic, RoundsDoublesAsTheHardwareDoes) {
  constexpr RoundedArithmetic binary32{24};
  for (unsigned i = 0; i < 2000; ++i) {
    const double x = static_cast<double>(some_float(i)) *
                     (1 + std::ldexp(static_cast<double>(evidence::mixed(i) % 4096), -36));
    const volatile float rounded = static_cast<float>(x);
    EXPECT_EQ(binary32.round(Rational(x)), Rational(static_cast<float>(rounded))) << x;
  }
}

TEST(RoundedArithmetic, TiesGoToEven) {
  constexpr RoundedArithmetic bf16{8};
  EXPECT_EQ(bf16.round(257), Rational(256));
  EXPECT_EQ(bf16.round(259), Rational(260));
  EXPECT_EQ(bf16.round(-259), Rational(-260));
  EXPECT_EQ(bf16.round(Rational(511, 2)), Rational(256));  // up into the next binade
  EXPECT_EQ(bf16.round(Rational(1, 3)), Rational(171, 512));
  EXPECT_EQ(bf16.round(0), Rational(0));
}

TEST(RoundedArithmetic, SumsAreExactWhereNothingIsLost) {
  constexpr RoundedArithmetic machine{24};
  std::vector<Rational> x;
  for (long k = 1; k <= 100; ++k) x.emplace_back(k);
  EXPECT_EQ(sequential_sum(machine, x), 5050);
  EXPECT_EQ(pairwise_sum(machine, x), 5050);
  EXPECT_EQ(chunked_sum(machine, x, 7), 5050);
  EXPECT_EQ(random_tree_sum(machine, x, 1), 5050);
  EXPECT_EQ(compensated_sum(machine, x), 5050);
  EXPECT_EQ(kahan_sum(machine, x), 5050);
}

}  // namespace
}  // namespace sca::proofs
