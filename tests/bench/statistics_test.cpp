// Medians and ranks against their definitions.

#include "bench/statistics.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <bit>

#include "theory/rounding.hpp"

namespace {

using namespace sca::bench;

TEST(Statistics, AsManyValuesLieAboveTheMedianAsBelow) {
  EXPECT_TRUE(rc::check([] {
    const auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(-1000, 1000), [](int x) { return 0.5 * x; })));
    const double middle = median(values);
    const auto above = std::ranges::count_if(values, [&](double x) { return x > middle; });
    const auto below = std::ranges::count_if(values, [&](double x) { return x < middle; });
    RC_ASSERT(2 * std::max(above, below) <= std::ssize(values));
  }));
}

TEST(Statistics, TheDeviationIgnoresOneOutlier) {
  EXPECT_EQ(median_deviation({1, 2, 3, 4, 5}), 1);
  EXPECT_EQ(median_deviation({1, 2, 3, 4, 5000}), 1);
}

/// The share of all ways to choose which values are the larger kind's that have at least as many pairs in its
/// favour.
double by_enumeration(const std::vector<double>& larger, const std::vector<double>& smaller) {
  const auto favourable = [](unsigned long chosen, std::size_t n) {
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) pairs += (chosen >> i & 1U) != 0 && (chosen >> j & 1U) == 0 ? 1 : 0;
    }
    return pairs;
  };
  std::size_t observed = 0;
  for (const double x : larger)
    for (const double y : smaller) observed += x > y ? 1 : 0;
  const std::size_t n = larger.size() + smaller.size();
  double all = 0;
  double as_much = 0;
  for (unsigned long chosen = 0; chosen < 1UL << n; ++chosen) {
    if (static_cast<std::size_t>(std::popcount(chosen)) != larger.size()) continue;
    all += 1;
    if (favourable(chosen, n) >= observed) as_much += 1;
  }
  return as_much / all;
}

TEST(Statistics, RankProbabilitiesAreThoseOfAllArrangements) {
  EXPECT_TRUE(rc::check([] {
    const auto values = *rc::gen::unique<std::vector<double>>(
        *rc::gen::inRange<std::size_t>(2, 10),
        rc::gen::map(rc::gen::inRange(0, 1000), [](int x) { return 1.0 * x; }));
    const auto cut = *rc::gen::inRange<std::size_t>(1, values.size());
    const std::vector<double> larger(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(cut));
    const std::vector<double> smaller(values.begin() + static_cast<std::ptrdiff_t>(cut), values.end());
    // Nonnegative numbers: three roundings for each of the values and the sum of the shares; one of a
    // quotient.
    const std::size_t roundings = 3 * values.size() + larger.size() * smaller.size() + 2;
    const double exact = by_enumeration(larger, smaller);
    RC_ASSERT(std::abs(rank_probability(larger, smaller) - exact) <= sca::gamma(roundings, 0x1p-53) * exact);
  }));
}

TEST(Statistics, TheLeastProbabilityIsThatOfSeparatedSamples) {
  EXPECT_DOUBLE_EQ(least_rank_probability(5, 5), 1.0 / 252);
  EXPECT_DOUBLE_EQ(rank_probability({6, 7, 8, 9, 10}, {1, 2, 3, 4, 5}), 1.0 / 252);
  EXPECT_DOUBLE_EQ(rank_probability({1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}), 1);
}

TEST(Statistics, TiesDoNotCountForTheLarger) {
  EXPECT_DOUBLE_EQ(rank_probability({3, 3, 3}, {3, 3, 3}), 1);
  EXPECT_GT(rank_probability({2, 3, 4}, {2, 1, 0}), rank_probability({2.5, 3, 4}, {2, 1, 0}));
}

}  // namespace
