#include "experiments/analysis/bca.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "evidence/hash.hpp"
#include "experiments/statistics.hpp"

namespace sca::experiments::ablation {
namespace {

/// The means of all n^n resamples: whole numbers over n, so sums have no rounding.
std::vector<double> all_means(const std::vector<double>& values) {
  std::vector<double> sums{0};
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::vector<double> longer;
    for (const double sum : sums) {
      for (const double value : values) longer.push_back(sum + value);
    }
    sums = std::move(longer);
  }
  for (double& sum : sums) sum /= static_cast<double>(values.size());
  return sums;
}

std::vector<double> means_without_one_each(const std::vector<double>& values) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  std::vector<double> means;
  for (const double value : values) means.push_back((sum - value) / static_cast<double>(values.size() - 1));
  return means;
}

struct Enumerated {
  std::vector<double> values;
  double a, low, high;
};

// scipy 1.17.1: with d the sample and reps the n^n means in any order,
//   r = scipy.stats._resampling
//   a1, a2, a = r._bca_interval((d,), lambda x, axis=-1: np.mean(x, axis=axis), -1, 0.025, reps, None, np)
//   np.percentile(reps, 100 * a1), np.percentile(reps, 100 * a2)
// R 4.2.2, boot 1.3-28.1, of the first sample: L <- empinf(b, type = "jack");
//   sum(L^3) / (6 * sum(L^2)^1.5) is 0.0547339778749749.
const std::vector<Enumerated> enumerated{
    {{1, 2, 4, 8}, 0.05473397787497492, 1.75, 7.0},
    {{-1, 0, 5}, 0.060708751917441954, -0.6666666666666666, 4.572152479960596},
    {{3, 1, 4, 1, 5}, 0.0026203921611324646, 1.4, 4.2}};

TEST(Bca, OverAllResamplesItIsThatOfScipyAndR) {
  for (const Enumerated& one : enumerated) {
    const double mean =
        std::accumulate(one.values.begin(), one.values.end(), 0.0) / static_cast<double>(one.values.size());
    const double a = acceleration(means_without_one_each(one.values));
    EXPECT_NEAR(a, one.a, 1e-14);
    const Interval interval = corrected_percentiles(all_means(one.values), mean, a, 0.95);
    EXPECT_NEAR(interval.low, one.low, 1e-12);
    EXPECT_NEAR(interval.high, one.high, 1e-12);
    EXPECT_EQ(interval.estimate, mean);
  }
}

TEST(Bca, SkewMovesTheIntervalFromThePlainPercentiles) {
  const std::vector<double> values{1, 2, 4, 8};
  const std::vector<double> means = all_means(values);
  const Interval interval =
      corrected_percentiles(means, 3.75, acceleration(means_without_one_each(values)), 0.95);
  EXPECT_GT(interval.low, quantile(means, 0.025));
  EXPECT_GT(interval.high, quantile(means, 0.975));
}

// Darwin's maize (eighths of an inch; Fisher 1935). scipy.stats.bootstrap(method='BCa', n_resamples=200000,
// random_state=1): [-1.667, 36.267]; R, boot.ci(type = "bca", L = empinf(type = "jack"), R = 200000):
// [-1.73, 36.40].
TEST(Bca, OfDarwinsMaizeWithinTheErrorOfTheResamples) {
  const std::vector<double> darwin{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
  const Interval interval = bca_mean(darwin, 1);
  // A quantile at share q of B replicates errs by sqrt(q (1 - q) / B) / density; the means' density there is
  // about the normal one, exp(-1.96^2 / 2) / sqrt(2 pi) / 9.4. Five of it.
  const double error = 5 * std::sqrt(0.025 * 0.975 / 10000) * 9.4 / 0.0584;
  EXPECT_NEAR(interval.low, -1.667, error);
  EXPECT_NEAR(interval.high, 36.267, error);
  EXPECT_EQ(interval.estimate, 314.0 / 15);
  EXPECT_EQ(bca_mean(darwin, 1), interval);
  EXPECT_FALSE(bca_mean(darwin, 2) == interval);
}

TEST(Bca, OfThreeItIsNearTheEnumeration) {
  const Interval interval = bca_mean({-1, 0, 5}, 7);
  // Only ten means are possible: the percentiles step between them, and one step is 1/3 at the low end.
  EXPECT_NEAR(interval.low, -2.0 / 3, 1.0 / 3 + 1e-12);
  EXPECT_NEAR(interval.high, 4.572, 5.0 / 3);
}

TEST(Bca, WhatDoesNotVaryIsItsOwnInterval) {
  EXPECT_EQ(bca_mean({0.25, 0.25, 0.25}, 1), (Interval{0.25, 0.25, 0.25}));
  EXPECT_EQ(bca_mean({0.5}, 1), (Interval{0.5, 0.5, 0.5}));
  EXPECT_THROW(bca_mean({}, 1), std::invalid_argument);
}

#ifndef SCA_SANITIZED  // a minute there
TEST(Bca, CoversAMeanAboutAsOftenAsItSays) {
  // 200 samples of 30 squares of uniform numbers, mean 1/3. Binomial at 0.95: five standard deviations below
  // are 0.95 - 5 * 0.0154 = 0.873, and the interval's own error at n = 30 is of order 1/n.
  std::size_t covered = 0;
  for (std::uint64_t sample = 0; sample < 200; ++sample) {
    std::vector<double> values;
    for (std::uint64_t i = 0; i < 30; ++i) {
      const double u = (evidence::signed_unit(5, sample, i) + 1) / 2;
      values.push_back(u * u);
    }
    const Interval interval = bca_mean(values, sample);
    if (interval.low <= 1.0 / 3 && 1.0 / 3 <= interval.high) ++covered;
  }
  EXPECT_GE(covered, 168U);
  EXPECT_LE(covered, 199U);
}
#endif

}  // namespace
}  // namespace sca::experiments::ablation
