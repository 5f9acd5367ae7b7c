#include "reference/gauss.hpp"

#include <stdexcept>

#include "tests/reference/enclosure.hpp"

namespace sca::reference {
namespace {

using sca::test::expect_encloses;

Interval integrate(const QuadratureRule& rule, std::size_t degree) {
  Interval sum(0);
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) sum += rule.weights[i] * power(rule.nodes[i], degree);
  return sum;
}

Interval factorial(std::size_t n) {
  Interval result(1);
  for (std::size_t k = 2; k <= n; ++k) result *= Interval(static_cast<unsigned long>(k));
  return result;
}

// int_{-1}^1 x^m dx.
Interval legendre_moment(std::size_t m) {
  return m % 2 == 0 ? Interval(2) / Interval(static_cast<unsigned long>(m + 1)) : Interval(0);
}

// E g^m for a standard normal g: (m-1)!!.
Interval normal_moment(std::size_t m) {
  if (m % 2 != 0) return Interval(0);
  return factorial(m) / (power(Interval(2), m / 2) * factorial(m / 2));
}

// Integral minus rule for x^2n: the squared norm of the monic orthogonal polynomial of degree n.
Interval legendre_remainder(std::size_t n) {
  const Interval fourth = power(factorial(n), 4);
  return power(Interval(2), 2 * n + 1) * fourth /
         (Interval(static_cast<unsigned long>(2 * n + 1)) * square(factorial(2 * n)));
}

TEST(Gauss, LegendreIsExactBelowDegree2nAndNotAt2n) {
  const PrecisionScope scope(256);
  for (const std::size_t n : {1u, 2u, 3u, 8u, 13u}) {
    const QuadratureRule rule = gauss_legendre(n);
    ASSERT_EQ(rule.nodes.size(), n);
    for (std::size_t m = 0; m < 2 * n; ++m) expect_encloses(integrate(rule, m), legendre_moment(m), 70);
    const Interval miss = legendre_moment(2 * n) - integrate(rule, 2 * n);
    expect_encloses(miss, legendre_remainder(n), 70);
    EXPECT_TRUE(certainly_less(Interval(0), miss));
  }
}

TEST(Gauss, HermiteIsExactBelowDegree2nAndNotAt2n) {
  const PrecisionScope scope(512);
  for (const std::size_t n : {1u, 2u, 3u, 8u, 13u, 20u}) {
    const QuadratureRule rule = gauss_hermite(n);
    ASSERT_EQ(rule.nodes.size(), n);
    for (std::size_t m = 0; m < 2 * n; ++m) expect_encloses(integrate(rule, m), normal_moment(m), 90);
    const Interval miss = normal_moment(2 * n) - integrate(rule, 2 * n);
    expect_encloses(miss, factorial(n), 90);
    EXPECT_TRUE(certainly_less(Interval(0), miss));
  }
}

TEST(Gauss, NodesAscendAndAreSymmetric) {
  const PrecisionScope scope(256);
  for (const QuadratureRule& rule : {gauss_legendre(9), gauss_hermite(9), gauss_hermite(10)}) {
    const std::size_t n = rule.nodes.size();
    for (std::size_t i = 0; i < n; ++i) {
      if (i > 0) {
        EXPECT_TRUE(certainly_less(rule.nodes[i - 1], rule.nodes[i]));
      }
      EXPECT_TRUE(certainly_less(Interval(0), rule.weights[i]));
      expect_encloses(rule.nodes[i] + rule.nodes[n - 1 - i], Interval(0), 70);
    }
  }
}

TEST(Gauss, KnownNodes) {
  const PrecisionScope scope(256);
  // n = 2: ± 1/sqrt(3) and ± 1; n = 3: ± sqrt(3/5) and ± sqrt(3).
  expect_encloses(gauss_legendre(2).nodes[1], Interval(1) / sqrt(Interval(3)), 70);
  expect_encloses(gauss_hermite(2).nodes[1], Interval(1), 70);
  expect_encloses(gauss_legendre(3).nodes[2], sqrt(Interval(3) / Interval(5)), 70);
  expect_encloses(gauss_hermite(3).nodes[2], sqrt(Interval(3)), 70);
  expect_encloses(gauss_hermite(3).weights[1], Interval(2) / Interval(3), 70);
}

TEST(Gauss, KeepsItsDigitsWithManyNodes) {
  const PrecisionScope scope(256);
  expect_encloses(integrate(gauss_legendre(200), 0), Interval(2), 70);
  expect_encloses(integrate(gauss_hermite(80), 0), Interval(1), 70);
  expect_encloses(integrate(gauss_hermite(80), 2), Interval(1), 70);
}

TEST(Gauss, NeedsANode) {
  EXPECT_THROW(gauss_legendre(0), std::invalid_argument);
  EXPECT_THROW(gauss_hermite(0), std::invalid_argument);
}

}  // namespace
}  // namespace sca::reference
