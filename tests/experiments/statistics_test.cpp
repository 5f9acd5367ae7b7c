#include "experiments/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/random.hpp"

namespace sca::experiments {
namespace {

/// Errors 3 M^slope (1 + bend/M), times noise that is even in the logarithm.
ErrorTable table_of(double slope, double bend, double noise) {
  ErrorTable table;
  for (double M = 2; M <= 4096; M *= 2) {
    table.sizes.push_back(M);
    table.errors.emplace_back();
    for (std::uint64_t i = 0; i < 40; ++i) {
      const double wiggle = noise * (unit(static_cast<std::uint64_t>(M), i) - 0.5);
      table.errors.back().push_back(3 * std::pow(M, slope) * (1 + bend / M) * std::exp(wiggle));
    }
  }
  return table;
}

TEST(Statistics, QuantilesAreThoseOfTheSortedValues) {
  EXPECT_EQ(quantile({3, 1, 2}, 0), 1);
  EXPECT_EQ(quantile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(quantile({4, 1, 2, 3}, 0.5), 2.5);
  EXPECT_EQ(quantile({3, 1, 2}, 1), 3);
  EXPECT_EQ(quantile({7}, 0.3), 7);
}

TEST(Statistics, RootMeanSquareOfNumbersWhoseSquaresAreNone) {
  EXPECT_EQ(root_mean_square({3e-200, 4e-200}), 4e-200 * std::sqrt((0.75 * 0.75 + 1) / 2));
  EXPECT_EQ(root_mean_square({0, 0}), 0);
}

TEST(Statistics, IntervalHoldsTheRateBehindNoiseAndCurvature) {
  for (const double slope : {-0.5, -1.0, -2.0}) {
    for (const double bend : {0.0, 5.0}) {
      for (const double noise : {0.1, 1.0}) {
        const Fit fit = fitted(table_of(slope, bend, noise), Law::power, slope, 1);
        EXPECT_LE(fit.low, slope) << slope << " " << bend << " " << noise;
        EXPECT_GE(fit.high, slope) << slope << " " << bend << " " << noise;
        EXPECT_LT(fit.high - fit.low, 0.5) << "an interval that tells these rates apart";
      }
    }
  }
}

TEST(Statistics, GeometricSlopesAreOfLnAgainstN) {
  ErrorTable table;
  for (const double n : {4.0, 8.0, 16.0, 32.0, 500.0}) {
    table.sizes.push_back(n);
    table.errors.push_back({std::exp(-0.5 * n), 3 * std::exp(-0.5 * n)});
  }
  const Fit fit = fitted(table, Law::geometric, -0.5, 1);
  EXPECT_NEAR(fit.slope, -0.5, 500 * std::numeric_limits<double>::epsilon());
}

TEST(Statistics, NothingIsFittedToTooLittle) {
  EXPECT_FALSE(can_be_fitted({{2, 4}, {{1}, {1}}}));
  EXPECT_FALSE(can_be_fitted({{2, 4, 8}, {{1}, {0}, {1}}}));
  EXPECT_TRUE(can_be_fitted({{2, 4, 8}, {{1}, {2}, {1}}}));
}

TEST(Statistics, MeanIntervalHoldsTheMeanOfTheLaw) {
  std::vector<std::vector<double>> rows(3);
  for (std::uint64_t r = 0; r < 3; ++r) {
    for (std::uint64_t i = 0; i < 200; ++i) rows[r].push_back(2 * unit(r, i));
  }
  const MeanInterval interval = mean_interval(rows, 5);
  EXPECT_LT(interval.low, interval.mean);
  EXPECT_GT(interval.high, interval.mean);
  EXPECT_LT(interval.low, 1);
  EXPECT_GT(interval.high, 1);
}

}  // namespace
}  // namespace sca::experiments
