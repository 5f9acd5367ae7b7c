#include "theory/capacity.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/reference/enclosure.hpp"
#include "tests/reference/evaluation.hpp"
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
  EXPECT_EQ(a[0].re, std::cos(3.5));
  EXPECT_EQ(a[1].im, std::sin(1.25));
  const auto b = real_phase_matrix<double>(tokens, nodes, 2);
  ASSERT_EQ(b.size(), 4U);
  EXPECT_EQ(b[2], std::cos(1.25));
  EXPECT_EQ(b[3], -std::sin(1.25));
}

TEST(Capacity, GautschiOnTheRootsOfUnity) {
  // prod_{l != k} |z_k - z_l| = n for the n-th roots of unity, and V^-1 = V*/n has row sums 1.
  const PrecisionScope scope(256);
  std::vector<Complex<Interval>> z;
  z.reserve(5);
  for (int k = 0; k < 5; ++k) z.push_back(expi(Interval(pi<Interval>() * Interval(2 * k) / Interval(5))));
  test::expect_encloses(gautschi_product<Interval>(z), Interval(1) / Interval(5), 70);
  test::expect_encloses(gautschi_upper<Interval>(z), Interval(16) / Interval(5), 70);
}

TEST(Capacity, BeurlingSelbergEnds) {
  const auto bounds = beurling_selberg<Rational>(5, Rational(1, 4));
  EXPECT_EQ(bounds.low, Rational(2));
  EXPECT_EQ(bounds.high, Rational(8));
}

TEST(ChannelState, ByHand) {
  EXPECT_EQ(softsign(Rational(-3)), Rational(-3, 4));
  const auto [found, expected] = reference::test::evaluate_in_double([]<class Real>() {
    const std::vector<Real> theta{Real(1.5), Real(-2)};
    const std::vector<Real> alpha{Real(2), Real(0.5)};
    const std::vector<Real> k{Real(-0.25), Real(3)};
    const auto state = channel_state<Real>(theta, alpha, k, Real(2));
    // softsign(-1/2) = -1/3, softsign(6) = 6/7.
    const auto sum = [](const Complex<Real>& a, const Complex<Real>& b) {
      return a * Real(-0.5) + b * Real(1.5);
    };
    const auto first = sum(expi(Real(-0.5)), expi(Real(Real(9) / Real(7))));
    const auto second = sum(expi(Real(Real(2) / Real(3))), expi(Real(Real(-12) / Real(7))));
    using Numbers = reference::Tensor<Real>;
    return std::pair{
        Numbers{{5}, {state.sums[0].re, state.sums[0].im, state.sums[1].re, state.sums[1].im, state.weight}},
        Numbers{{5}, {first.re, first.im, second.re, second.im, Real(2.5)}}};
  });
  EXPECT_LE(reference::test::clearance_of_the_same(found, expected), 1);
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
