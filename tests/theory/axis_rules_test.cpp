#include "theory/axis_rules.hpp"

#include "tests/reference/enclosure.hpp"
#include "theory/equispaced.hpp"
#include "theory/lattice_error.hpp"

namespace sca {
namespace {

using test::expect_encloses;

template <class Real>
Real moment_of(const FiniteRule<Real>& rule, std::size_t degree) {
  Real sum(0);
  for (std::size_t m = 0; m < rule.nodes.size(); ++m)
    sum = sum + rule.weights[m] * power(rule.nodes[m], degree);
  return sum;
}

/// The mean of u^k over [-1, 1].
Rational mean_of_power(std::size_t k) {
  return k % 2 == 1 ? Rational(0) : Rational(1, static_cast<long>(k + 1));
}

TEST(AxisRules, PanelRulesAreExactForLinesAndNotForSquares) {
  for (const auto& rule : {midpoint_rule<Rational>(5), trapezoid_rule<Rational>(5)}) {
    EXPECT_EQ(moment_of(rule, 0), mean_of_power(0));
    EXPECT_EQ(moment_of(rule, 1), mean_of_power(1));
    EXPECT_NE(moment_of(rule, 2), mean_of_power(2));
  }
  EXPECT_EQ(trapezoid_rule<Rational>(5).nodes.size(), 6u);
}

TEST(AxisRules, ClosedKernelsAreThoseOfTheNodes) {
  const PrecisionScope scope(256);
  const Interval a = to_interval(Rational(22, 7));
  const auto midpoint = midpoint_rule<Interval>(6);
  expect_encloses(cosine_rule<Interval>(midpoint.nodes, midpoint.weights, a), midpoint_kernel(6, a), 70);
  const auto trapezoid = trapezoid_rule<Interval>(6);
  expect_encloses(cosine_rule<Interval>(trapezoid.nodes, trapezoid.weights, a), trapezoid_kernel(6, a), 70);
}

TEST(AxisRules, ClenshawCurtisIsExactUpToItsDegreeAndNoFurther) {
  const PrecisionScope scope(256);
  for (const std::size_t n : {1u, 2u, 5u, 8u, 13u}) {
    const auto rule = clenshaw_curtis_rule<Interval>(n);
    ASSERT_EQ(rule.nodes.size(), n + 1);
    const std::size_t missed = n + (n % 2 == 0 ? 2 : 1);
    for (std::size_t k = 0; k < missed; ++k)
      expect_encloses(moment_of(rule, k) + Interval(1), to_interval(mean_of_power(k) + 1), 60);
    const Interval off = abs(Interval(moment_of(rule, missed) - to_interval(mean_of_power(missed))));
    EXPECT_TRUE(certainly_less(Interval(0), off)) << n;
    for (const Interval& weight : rule.weights) EXPECT_TRUE(certainly_less(Interval(0), weight));
  }
}

TEST(AxisRules, ClenshawCurtisStaysWithinItsBound) {
  const PrecisionScope scope(512);
  for (const std::size_t n : {1u, 2u, 7u, 16u, 31u}) {
    const auto rule = clenshaw_curtis_rule<Interval>(n);
    for (const Rational& a : {Rational(1, 3), Rational(2), Rational(8)}) {
      const Interval x = to_interval(a);
      const Interval off = abs(Interval(cosine_rule<Interval>(rule.nodes, rule.weights, x) - sinc(x)));
      EXPECT_TRUE(certainly_less(off, to_interval(clenshaw_curtis_bound(n, a)))) << n << " " << a;
    }
  }
}

TEST(Equispaced, KernelsAreThoseOfTheirNodesAndStayBelowTheirBounds) {
  const PrecisionScope scope(256);
  const Interval delta = to_interval(Rational(1, 4));
  const Interval spread(2);
  const Interval s = node_spacing(delta, spread);
  const Interval sine = least_sine(delta, spread);
  for (const std::size_t n : {2u, 5u, 8u, 9u}) {
    // Fejér's weights are a convolution: the nodes' own sum is taken from it.
    const std::size_t first = (n + 1) / 2;
    std::vector<Interval> nodes;
    std::vector<Interval> weights(n, Interval(0));
    for (std::size_t m = 0; m < n; ++m)
      nodes.push_back(s * (Interval(2 * m + 1) - Interval(n)) / Interval(2));
    for (std::size_t i = 0; i < first; ++i) {
      for (std::size_t j = 0; j < n + 1 - first; ++j)
        weights[i + j] += Interval(1) / Interval(first * (n + 1 - first));
    }
    const std::vector<Interval> equal(n, Interval(1) / Interval(n));
    for (const Rational& at : {Rational(1, 4), Rational(1), Rational(2)}) {
      const Interval x = to_interval(at);
      const Interval y = s * x / Interval(2);
      expect_encloses(cosine_rule<Interval>(nodes, equal, x), uniform_kernel(n, y), 60);
      expect_encloses(cosine_rule<Interval>(nodes, weights, x), fejer_kernel(n, y), 60);
      EXPECT_TRUE(certainly_at_most(abs(uniform_kernel(n, y)), uniform_kernel_bound(n, sine)));
      EXPECT_TRUE(certainly_at_most(abs(fejer_kernel(n, y)), fejer_kernel_bound(n, sine)));
    }
  }
}

TEST(Equispaced, GaussianRuleIsPoissonsSum) {
  const PrecisionScope scope(512);
  // Spacing sigma/2, cut at 20 sigma, which leaves out less than exp(-200) < 10^-80: what remains are aliases
  // at multiples of 4 pi.
  const auto rule = gaussian_rule<Interval>(81, to_interval(Rational(1, 2)), Interval(1));
  const auto aliases = [](const Interval& x) {
    Interval sum(0);
    for (long k = -4; k <= 4; ++k)
      sum += exp(Interval(-square(Interval(x - Interval(4 * k) * pi<Interval>())) / Interval(2)));
    return sum;
  };
  const Interval found = cosine_rule<Interval>(rule.nodes, rule.weights, Interval(1));
  EXPECT_TRUE(certainly_less(abs(Interval(found - aliases(Interval(1)) / aliases(Interval(0)))),
                             exp(Interval(-190))));
}

/// e^2 by its definition: the shift-averaged kernel prod (1 + gamma B_2({x - y})) integrated against the
/// error functional, the double sum over pairs of points.
Rational double_sum(std::uint64_t N, const std::vector<std::uint64_t>& z,
                    const std::vector<Rational>& gamma) {
  Rational sum(0);
  for (std::uint64_t m = 0; m < N; ++m) {
    for (std::uint64_t n = 0; n < N; ++n) {
      Rational product(1);
      for (std::size_t l = 0; l < z.size(); ++l) {
        const Rational x = Rational(static_cast<long>((m + N - n) * z[l] % N), static_cast<long>(N));
        product *= 1 + gamma[l] * bernoulli_2(x);
      }
      sum += product;
    }
  }
  return sum / static_cast<long>(N * N) - 1;
}

TEST(LatticeError, IsTheDoubleSumOfTheKernel) {
  const std::vector<std::uint64_t> z{1, 3, 5};
  const std::vector<Rational> gamma{1, Rational(1, 2), Rational(1, 9)};
  EXPECT_EQ(lattice_error_squared<Rational>(11, z, gamma), double_sum(11, z, gamma));
  // One axis: gamma/(6 N^2), for B_2's periodic extension sums so over equispaced points.
  EXPECT_EQ(lattice_error_squared<Rational>(7, std::vector<std::uint64_t>{3}, std::vector<Rational>{2}),
            Rational(2, 6 * 49));
}

TEST(LatticeError, WavesNormIsThatOfValueAndDerivative) {
  const PrecisionScope scope(128);
  const std::vector<Interval> y{to_interval(Rational(3, 2)), Interval(0)};
  const std::vector<Interval> gamma{to_interval(Rational(1, 2)), Interval(7)};
  // |sin(y)/y|^2 + |2 y|^2/gamma on the first axis; the constant on the second has norm 1.
  const Interval expected = square(sin(y[0]) / y[0]) + Interval(18);
  expect_encloses(wave_norm_squared<Interval>(y, gamma), expected, 30);
}

}  // namespace
}  // namespace sca
