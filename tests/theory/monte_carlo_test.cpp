#include "theory/monte_carlo.hpp"

#include "tests/reference/enclosure.hpp"
#include "theory/measures/cube.hpp"
#include "theory/measures/finite_rule.hpp"

namespace sca {
namespace {

Prefix<Rational> progression() {
  return uniform_prefix<Rational>({Rational(1, 2), Rational(1), Rational(3, 2), Rational(2)}, 1);
}

TEST(MonteCarlo, PairsAreGroupedByTheirDifference) {
  const auto prefix = progression();
  const std::vector<Rational> alpha{Rational(1), Rational(2), Rational(3), Rational(5)};
  const auto sum = difference_sum<Rational>(prefix, alpha);
  ASSERT_EQ(sum.differences.size(), 7u);  // -3/2 … 3/2
  // v = 1/2: sum_j alpha_j h_{j+1}.
  EXPECT_EQ(sum.differences[4][0], Rational(1, 2));
  EXPECT_EQ(sum.coefficients[4][0], Rational(1) + Rational(2) * Rational(3, 2) + Rational(3) * Rational(2));
}

// A law of two nodes, theta = ±1/2 with equal chances: its moments can be summed by hand.
TEST(MonteCarlo, VarianceOfATwoPointLaw) {
  const PrecisionScope scope(256);
  const auto exact = progression();
  const std::vector<Rational> alpha{Rational(1), Rational(-2), Rational(3), Rational(1, 5)};
  const auto sum = difference_sum<Rational>(exact, alpha);
  std::vector<std::vector<Interval>> coefficients;
  for (const auto& c : sum.coefficients) coefficients.push_back({to_interval(c[0])});
  const auto statistics = one_node_statistics<Interval>(
      sum, coefficients, [](std::span<const Rational> x) { return cos(to_interval(Rational(x[0] / 2))); });

  Complex<Interval> f;  // at theta = 1/2; at -1/2 it is the conjugate
  for (std::size_t j = 0; j < exact.t; ++j) {
    for (std::size_t k = 0; k < exact.t; ++k) {
      const Rational phase = (exact.tokens[k] - exact.tokens[j]) / 2;
      f += expi(to_interval(phase)) * to_interval(Rational(alpha[j] * exact.tokens[k]));
    }
  }
  test::expect_encloses(statistics.mean[0], f.re, 65);
  test::expect_encloses(statistics.variance_complex, square(f.im), 65);
  test::expect_encloses(statistics.variance_real, Interval(0), 65);
}

TEST(MonteCarlo, OneHotVarianceInTheBohrLimit) {
  const auto prefix = progression();
  const std::vector<Rational> alpha{Rational(0), Rational(1), Rational(0), Rational(0)};
  const auto sum = difference_sum<Rational>(prefix, alpha);
  const BohrMean<Rational> mean;
  const auto statistics = one_node_statistics<Rational>(
      sum, sum.coefficients, [&](std::span<const Rational> x) { return mean.transform(x); });
  EXPECT_EQ(statistics.mean[0], Rational(1));
  EXPECT_EQ(statistics.variance_complex, one_hot_bohr_variance(prefix, 1));
}

}  // namespace
}  // namespace sca
