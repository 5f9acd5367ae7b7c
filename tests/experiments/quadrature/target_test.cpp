#include "experiments/quadrature/target.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/quadrature/prefixes.hpp"
#include "experiments/quadrature/variance.hpp"
#include "theory/attention.hpp"
#include "theory/geometry.hpp"
#include "theory/measures/cube.hpp"
#include "theory/measures/gaussian.hpp"
#include "theory/readout.hpp"

namespace sca::experiments {
namespace {

using Values = std::vector<std::complex<double>>;

/// Nodes that no symmetry helps.
FiniteRule<double> crooked_rule(std::size_t d) {
  FiniteRule<double> rule{{}, {0.2, 0.5, 0.4}};
  for (std::size_t i = 0; i < 3 * d; ++i) rule.nodes.push_back(std::sin(static_cast<double>(3 * i + 1)) * 2);
  return rule;
}

Values kernel_of(const Target& target, const FiniteRule<double>& rule) {
  Values values;
  for (std::size_t v = 0; v < target.size(); ++v) {
    const auto k = rule.transform(target.difference(v));
    values.emplace_back(k.re, k.im);
  }
  return values;
}

Values minus_ideal(Values values, const Target& target) {
  for (std::size_t v = 0; v < values.size(); ++v) values[v] -= target.ideal[v];
  return values;
}

double largest_norm(const Prefix<double>& prefix) {
  double top = 0;
  for (std::size_t k = 0; k < prefix.t; ++k) top = std::max(top, euclidean_norm(prefix.token(k)));
  return top;
}

double distance(const std::vector<Complex<double>>& found, const std::vector<double>& wanted) {
  double sum = 0;
  for (std::size_t l = 0; l < wanted.size(); ++l) sum += norm(found[l] - Complex<double>{wanted[l], 0});
  return std::sqrt(sum);
}

/// Two orders of summation of the same few numbers of order 1.
double rounding(const Prefix<double>& prefix) {
  return static_cast<double>(8 * prefix.t * prefix.t) * std::numeric_limits<double>::epsilon();
}

TEST(Target, TokenErrorIsThatOfThePointwiseReadout) {
  for (const std::size_t d : {1u, 3u}) {
    const auto prefix = synthetic_prefix(d, 4);
    const auto rule = crooked_rule(d);
    const Target target = token_target(prefix, 2);
    const auto token = prefix.token(2);
    const double expected =
        distance(pointwise_readout(prefix, rule, theorem1_query(prefix, 2)), {token.begin(), token.end()}) /
        largest_norm(prefix);
    EXPECT_NEAR(readout_error(target, minus_ideal(kernel_of(target, rule), target)), expected,
                rounding(prefix));
  }
}

TEST(Target, OracleErrorIsThatOfTheCompositeQuery) {
  auto prefix = synthetic_prefix(2, 5);
  const auto rule = crooked_rule(2);
  const auto alpha = attention_weights<double>(prefix, prefix.token(prefix.t - 1), 1.5);
  const Target target = attention_oracle_target(prefix, 1.5);
  const double expected = distance(pointwise_readout(prefix, rule, composite_query<double>(prefix, alpha)),
                                   mixture<double>(prefix, alpha)) /
                          largest_norm(prefix);
  EXPECT_NEAR(readout_error(target, minus_ideal(kernel_of(target, rule), target)), expected,
              rounding(prefix));
}

TEST(Target, TokenQueryErrorIsThatOfTheQuotient) {
  auto prefix = synthetic_prefix(2, 6);
  const double sigma = 0.8;
  const double scale = 1.1;
  const auto query = prefix.token(prefix.t - 1);
  const auto output = mixture<double>(prefix, attention_weights<double>(prefix, query, scale));
  const Target target = attention_token_target(prefix, scale, sigma);
  const auto rule = crooked_rule(2);
  Values defect = kernel_of(target, rule);
  for (std::size_t v = 0; v < target.size(); ++v)
    defect[v] -= Gaussian<double>{sigma}.transform(target.difference(v));

  const double top = largest_norm(prefix);
  prefix.weights = gaussian_gate(prefix, sigma * sigma);
  const auto probe = gaussian_probe<double>(query, scale, sigma * sigma);
  const auto numerator = pointwise_readout(prefix, rule, corollary3_query<double>(probe));
  Complex<double> denominator;
  for (std::size_t m = 0; m < 3; ++m) {
    const auto theta = rule.node(m, 2);
    denominator += characteristic_function(prefix, theta) *
                   conj(evaluate(weight_query<double>(probe), theta)) * rule.weights[m];
  }
  double sum = 0;
  const std::complex<double> below(denominator.re, denominator.im);
  for (std::size_t l = 0; l < 2; ++l)
    sum += std::norm(std::complex<double>(numerator[l].re, numerator[l].im) / below - output[l]);
  EXPECT_NEAR(readout_error(target, defect), std::sqrt(sum) / top,
              rounding(prefix) / std::abs(below) * denominator.re);
}

TEST(Target, CopiesCountAsOftenAsTheyStand) {
  const auto doubled = merged(uniform_prefix<double>({1, 0, 0, 1, 1, 0, -1, 0.5}, 2));
  ASSERT_EQ(doubled.t, 3u);
  const Target target = attention_oracle_target(doubled, 2);
  // At the ideal kernel nothing is off, whatever the weights.
  EXPECT_EQ(readout_error(target, minus_ideal(Values(target.ideal.begin(), target.ideal.end()), target)), 0);
}

TEST(Target, BoundHoldsForTheWorstDefects) {
  const auto prefix = synthetic_prefix(2, 8);
  for (const Target& target : {token_target(prefix, 1), attention_token_target(prefix, 1, 0.5)}) {
    const auto bound = [&](std::size_t v) { return 0.01 / static_cast<double>(v + 1); };
    for (const double turn : {0.0, 1.0, 3.0}) {
      Values defect;
      for (std::size_t v = 0; v < target.size(); ++v)
        defect.push_back(std::polar(bound(v), turn * static_cast<double>(v)));
      EXPECT_LE(readout_error(target, defect), readout_bound(target, bound));
    }
  }
}

// Of two nodes +-1, each with probability 1/2, the variance can be had by hand.
TEST(Variance, IsThatOfTheDraw) {
  const auto prefix = synthetic_prefix(1, 3);
  for (const Target& target : {token_target(prefix, 0), attention_oracle_target(prefix, 1)}) {
    const auto readout_at = [&](double theta) {
      Values values;
      for (std::size_t v = 0; v < target.size(); ++v)
        values.push_back(std::polar(1.0, theta * target.differences[v]) - std::cos(target.differences[v]));
      return readout_error(target, values);
    };
    const double expected = (std::pow(readout_at(1), 2) + std::pow(readout_at(-1), 2)) / 2;
    const double found = one_node_variance(target, [](std::span<const double> x) { return std::cos(x[0]); });
    EXPECT_NEAR(found, expected, rounding(prefix) * expected * static_cast<double>(prefix.t));
  }
}

TEST(Prefixes, KeepTheirSeparation) {
  for (const std::size_t d : {1u, 2u, 8u}) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const auto prefix = synthetic_prefix(d, seed);
      ASSERT_EQ(prefix.t, synthetic_tokens);
      const auto gaps = separation(prefix);
      EXPECT_LE(gaps->spread, synthetic_spread);
      // Sums of t gaps have t roundings.
      EXPECT_GE(gaps->sup, synthetic_separation - synthetic_tokens * std::numeric_limits<double>::epsilon());
      EXPECT_EQ(prefix.tokens, synthetic_prefix(d, seed).tokens);
    }
  }
}

}  // namespace
}  // namespace sca::experiments
