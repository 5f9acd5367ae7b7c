#include "theory/quadrature.hpp"

#include "reference/gauss.hpp"
#include "tests/reference/enclosure.hpp"

namespace sca {
namespace {

using test::expect_encloses;

// (1/n) sum of the cosine over nodes T (-1 + (2i + offset)/n), the ends of the trapezoid rule with half
// weight.
Interval panel_sum(std::size_t n, const Rational& a, bool midpoint) {
  Interval sum(0);
  const Rational count(n);
  for (std::size_t i = 0; i < (midpoint ? n : n + 1); ++i) {
    const Rational node = Rational(-1) + Rational(2 * i + (midpoint ? 1 : 0)) / count;
    const bool end = !midpoint && (i == 0 || i == n);
    sum += cos(to_interval(Rational(a * node))) / Interval(end ? 2 : 1);
  }
  return sum / Interval(n);
}

TEST(Quadrature, KernelsAreTheRulesSums) {
  const PrecisionScope scope(256);
  for (const std::size_t n : {1u, 2u, 7u}) {
    for (const Rational& a : {Rational(0), Rational(3, 7), Rational(-22), Rational(100, 3)}) {
      expect_encloses(midpoint_kernel(n, to_interval(a)), panel_sum(n, a, true), 70);
      expect_encloses(trapezoid_kernel(n, to_interval(a)), panel_sum(n, a, false), 70);
    }
  }
}

TEST(Quadrature, RulesAreProductsOfTheirAxes) {
  const PrecisionScope scope(256);
  const std::vector<Interval> x{Interval(2), Interval(-1)};
  const Interval half = Interval(3);
  expect_encloses(MidpointRule<Interval>{5, half}.transform(x),
                  midpoint_kernel(5, Interval(6)) * midpoint_kernel(5, Interval(3)), 70);
  expect_encloses(TrapezoidRule<Interval>{5, half}.transform(x),
                  trapezoid_kernel(5, Interval(6)) * trapezoid_kernel(5, Interval(3)), 70);
}

TEST(Quadrature, RemainderBoundsHoldAndAreNear) {
  const PrecisionScope scope(512);
  for (const std::size_t n : {1u, 3u, 8u, 20u}) {
    for (const Rational& a : {Rational(1, 3), Rational(2), Rational(7, 2)}) {
      const Interval x = to_interval(a);
      const auto legendre = reference::gauss_legendre(n);
      const Interval miss =
          abs(Interval(cosine_rule<Interval>(legendre.nodes, legendre.weights, x) / Interval(2) - sinc(x)));
      const Interval bound = to_interval(gauss_legendre_bound(n, a));
      EXPECT_TRUE(certainly_less(miss, bound));
      EXPECT_TRUE(certainly_less(bound, miss * Interval(100)));
      const auto hermite = reference::gauss_hermite(n);
      const Interval gauss = exp(Interval(-(x * x) / Interval(2)));
      const Interval gap = abs(Interval(cosine_rule<Interval>(hermite.nodes, hermite.weights, x) - gauss));
      EXPECT_TRUE(certainly_less(gap, to_interval(gauss_hermite_bound(n, a))));
    }
  }
}

TEST(Quadrature, BoundsAreTheClosedForms) {
  // n = 2, a = 3: 2^4 (2!)^4 3^4 / (5 (4!)^3) and 2! 3^4 / 4!.
  EXPECT_EQ(gauss_legendre_bound(2, Rational(3)), Rational(16 * 16 * 81, 5 * 13824));
  EXPECT_EQ(gauss_hermite_bound(2, Rational(3)), Rational(2 * 81, 24));
  EXPECT_GT(gauss_legendre_bound(400, 1000.0), 0.0);  // no overflow on the way
}

}  // namespace
}  // namespace sca
