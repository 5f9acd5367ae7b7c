#include <gtest/gtest.h>

#include "experiments/analysis/ecdf.hpp"
#include "experiments/analysis/iqm.hpp"
#include "experiments/analysis/learning.hpp"
#include "experiments/analysis/wilson.hpp"

namespace sca::experiments::ablation {
namespace {

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", Table I, method 3.
TEST(Wilson, IsThatOfNewcombesTable) {
  struct Row {
    std::size_t successes, count;
    double low, high;
  };
  for (const Row& row : {Row{81, 263, 0.2553, 0.3662}, Row{15, 148, 0.0624, 0.1605}, Row{0, 20, 0, 0.1611},
                         Row{1, 29, 0.0061, 0.1718}}) {
    const Interval interval = wilson(row.successes, row.count);
    EXPECT_NEAR(interval.low, row.low, 5e-5);
    EXPECT_NEAR(interval.high, row.high, 5e-5);
  }
  // R 4.2.2: prop.test(81, 263, correct = FALSE)$conf.int
  EXPECT_NEAR(wilson(81, 263).low, 0.255288519878, 1e-12);
  EXPECT_NEAR(wilson(81, 263).high, 0.366209576983, 1e-12);
}

TEST(Wilson, AtTheEnds) {
  EXPECT_EQ(wilson(3, 3).high, 1);
  EXPECT_EQ(wilson(0, 3).low, 0);
  EXPECT_DOUBLE_EQ(wilson(0, 3).high, 1 - wilson(3, 3).low);
  EXPECT_EQ(wilson(0, 0), (Interval{0, 0, 1}));
}

// scipy 1.17.1: trim_mean(x, 0.25), which is how rliable defines it.
TEST(Iqm, IsThatOfScipyAndRliable) {
  EXPECT_EQ(iqm({8, 2, 3, 4, 5, 6, 7, 1}), 4.5);
  EXPECT_EQ(iqm({1, 2, 3, 4, 5, 6, 7}), 4);
  EXPECT_EQ(iqm({0.9, 0.1, 0.5}), 0.5);
  EXPECT_NEAR(iqm({0, 0, 1, 1, 0.2, 0.7, 0.3, 0.9, 0.95, 0.6}), 0.6083333333333334, 1e-15);
  EXPECT_EQ(iqm({5}), 5);
}

TEST(Iqm, ResamplesStayWithinTheirTask) {
  // Each task's pairs are alike: whatever is drawn within it is the same, across tasks it is not.
  const Interval interval =
      iqm_difference({{{1, 1, 1}, {0.5, 0.5, 0.5}}, {{0, 0, 0}, {0.25, 0.25, 0.25}}}, 3);
  EXPECT_EQ(interval.low, interval.estimate);
  EXPECT_EQ(interval.high, interval.estimate);
  // a: 1 1 1 0 0 0 without one at each end; b: 0.5 x 3, 0.25 x 3.
  EXPECT_NEAR(interval.estimate, 0.5 - 0.375, 1e-15);
}

TEST(Iqm, PairsAreDrawnWhole) {
  // b follows a at a distance: unpaired draws would spread the difference.
  const Interval interval = iqm_difference({{{0.1, 0.5, 0.9, 0.3}, {0.0, 0.4, 0.8, 0.2}}}, 3);
  EXPECT_NEAR(interval.low, 0.1, 1e-12);
  EXPECT_NEAR(interval.high, 0.1, 1e-12);
}

TEST(Iqm, TasksAreDrawnApart) {
  // Were they drawn together, one task's 1 would always make up for the other's 0.
  const Interval interval = iqm_difference({{{1, 0}, {0, 0}}, {{0, 1}, {0, 0}}}, 3);
  EXPECT_EQ(interval.estimate, 0.5);
  EXPECT_EQ(interval.low, 0);
  EXPECT_EQ(interval.high, 1);
}

TEST(Ecdf, WhatNeverHappenedKeepsItBelowOne) {
  const auto steps = ecdf({300.0, 100.0, std::nullopt, 100.0});
  EXPECT_EQ(steps, (std::vector<EcdfPoint>{{100, 0.5}, {300, 0.75}}));
  EXPECT_TRUE(ecdf({std::nullopt}).empty());
}

TEST(Learning, HalfWayFromChance) {
  const std::vector<CurvePoint> curve{{50, 1, 0.5}, {100, 1, 0.74}, {150, 1, 0.75}, {200, 1, 0.7}};
  EXPECT_EQ(steps_to_half(curve, 0.5), 150);
  EXPECT_EQ(steps_to_half(curve, 0), 50);
  EXPECT_EQ(steps_to_half(curve, 0.6), std::nullopt);
}

TEST(Learning, SolvedIsMeasuredFromChance) {
  EXPECT_TRUE(is_solved(0.96, 0.5));
  EXPECT_FALSE(is_solved(0.94, 0.5));
  EXPECT_FALSE(is_solved(0.125, 1.0 / 32));  // guesses among what it has seen
}

}  // namespace
}  // namespace sca::experiments::ablation
