#include "theory/capacity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "reference/interval.hpp"
#include "theory/channel_state.hpp"

namespace sca {
namespace {

TEST(Capacity, RanksAndLimits) {
  EXPECT_EQ(joint_rank(3, 5), 3U);
  EXPECT_EQ(joint_rank(5, 3), 3U);
  EXPECT_EQ(joint_rank_real(3, 5), 5U);
  EXPECT_EQ(joint_rank_real(2, 5), 4U);
  EXPECT_EQ(channel_limit(2), 4U);
}

TEST(Capacity, ResidualIsACliff) {
  EXPECT_EQ(residual_fraction<Rational>(0, 7), Rational(1));
  EXPECT_EQ(residual_fraction<Rational>(6, 7), Rational(1, 7));
  EXPECT_EQ(residual_fraction<Rational>(7, 7), Rational(0));
  EXPECT_EQ(residual_fraction<Rational>(9, 7), Rational(0));
}

TEST(Capacity, IdentifiabilityCounts) {
  EXPECT_TRUE(identifiable_with_known_weights(4, 2));
  EXPECT_FALSE(identifiable_with_known_weights(5, 2));
  EXPECT_TRUE(identifiable_with_unknown_weights(3, 64, 2));   // 195 unknowns, 257 equations
  EXPECT_FALSE(identifiable_with_unknown_weights(4, 64, 2));  // 260
  EXPECT_TRUE(identifiable_with_unknown_weights(3, 2, 2));    // 9 and 9
}

TEST(Capacity, PhaseMatrixByHand) {
  const std::vector<double> tokens{1, 2, 0.5, -1};  // two tokens in the plane
  const std::vector<double> nodes{3, 0.25};
  const auto a = phase_matrix<double>(tokens, nodes, 2);
  ASSERT_EQ(a.size(), 2U);
  EXPECT_DOUBLE_EQ(a[0].re, std::cos(3.5));
  EXPECT_DOUBLE_EQ(a[1].im, std::sin(1.25));
  const auto b = real_phase_matrix<double>(tokens, nodes, 2);
  ASSERT_EQ(b.size(), 4U);
  EXPECT_DOUBLE_EQ(b[2], std::cos(1.25));
  EXPECT_DOUBLE_EQ(b[3], -std::sin(1.25));
}

TEST(Capacity, GautschiOnTheRootsOfUnity) {
  // prod_{l != k} |z_k - z_l| = n for the n-th roots of unity, and V^-1 = V*/n has row sums 1.
  std::vector<Complex<double>> z;
  z.reserve(5);
  for (int k = 0; k < 5; ++k) z.push_back(expi(2 * std::numbers::pi * k / 5));
  EXPECT_DOUBLE_EQ(gautschi_product<double>(z), 1.0 / 5);
  EXPECT_DOUBLE_EQ(gautschi_upper<double>(z), 16.0 / 5);
}

TEST(Capacity, BeurlingSelbergEnds) {
  const auto bounds = beurling_selberg<Rational>(5, Rational(1, 4));
  EXPECT_EQ(bounds.low, Rational(2));
  EXPECT_EQ(bounds.high, Rational(8));
}

TEST(ChannelState, ByHand) {
  EXPECT_EQ(softsign(Rational(-3)), Rational(-3, 4));
  const std::vector<double> theta{1.5, -2};
  const std::vector<double> alpha{2, 0.5};
  const std::vector<double> k{-0.25, 3};
  const auto state = channel_state<double>(theta, alpha, k, 2.0);
  // softsign(-1/2) = -1/3, softsign(6) = 6/7.
  EXPECT_NEAR(state.sums[0].re, -0.5 * std::cos(0.5) + 1.5 * std::cos(9.0 / 7), 1e-15);
  EXPECT_NEAR(state.sums[0].im, 0.5 * std::sin(0.5) + 1.5 * std::sin(9.0 / 7), 1e-15);
  EXPECT_NEAR(state.sums[1].im, -0.5 * std::sin(2.0 / 3) - 1.5 * std::sin(12.0 / 7), 1e-15);
  EXPECT_EQ(state.weight, 2.5);
}

// theta = -163/100, -5/4, eta = 6/5, k = -157/100, one token: R^ and I^ to 60 digits from an independent
// program.
TEST(ChannelState, AgreesWithAnIndependentProgram) {
  const PrecisionScope scope(256);
  const auto q = [](long n, long d) { return to_interval(Rational(n, d)); };
  const std::vector<Interval> theta{q(-163, 100), q(-5, 4)};
  const std::vector<Interval> alpha{q(1, 1)};
  const std::vector<Interval> k{q(-157, 100)};
  const auto state = channel_state<Interval>(theta, alpha, k, q(6, 5));
  const auto shown = [](const Interval& x) { return midpoint_decimal(x, 40); };
  EXPECT_EQ(shown(state.sums[0].re), "-7.609287579133293275571369224551660781330e-01");
  EXPECT_EQ(shown(state.sums[1].re), "-1.075013471934366697205249782715994294480e+00");
  EXPECT_EQ(shown(state.sums[0].im), "-1.373276165008509077002134179350360317696e+00");
  EXPECT_EQ(shown(state.sums[1].im), "-1.144222895750482081493786393704118793462e+00");
}

TEST(ChannelState, DerivativeAgreesWithADifferenceQuotient) {
  for (const double k : {-1.5, -0.2, 0.0, 0.3, 2.0}) {
    const double h = 1e-6;
    const auto value = [](double x) { return expi(2.5 * softsign(1.25 * x)) * x; };
    const Complex<double> quotient = (value(k + h) - value(k - h)) * (0.5 / h);
    const Complex<double> slope = encoding_derivative(2.5, k, 1.25);
    // |f''| <= 2 theta eta + (2 theta + theta^2) eta^2 |x| bounds the quotient's error by h; a few roundings
    // of values of size |x|, over h, come on top.
    const double reach = std::abs(k) + h;
    const double curvature = 2 * 2.5 * 1.25 + (2 * 2.5 + 2.5 * 2.5) * 1.25 * 1.25 * reach;
    const double bound = h * curvature + 8 * 0x1p-53 * reach / h;
    EXPECT_LE(std::abs(slope.re - quotient.re), bound);
    EXPECT_LE(std::abs(slope.im - quotient.im), bound);
  }
}

}  // namespace
}  // namespace sca
