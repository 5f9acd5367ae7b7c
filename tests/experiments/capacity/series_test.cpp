#include "experiments/capacity/series.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace sca::experiments::capacity {
namespace {

Sample value(double x) { return {.value = Enclosure(x)}; }

Sample bounded(double x, double lower, double upper) {
  return {.value = Enclosure(x), .lower = Enclosure(lower), .upper = Enclosure(upper)};
}

SeriesRecords judged_size(const Size& size) {
  return judged({.key = {"study", "series"}, .words = {}, .sizes = {size}, .remark = {}});
}

std::string verdict(const Size& size) {
  const SeriesRecords records = judged_size(size);
  EXPECT_EQ(records.points.at(0).verdict, records.finding.verdict);
  return records.finding.verdict;
}

TEST(CapacitySeries, ExactValuesHoldForEveryInstance) {
  Size size;
  size.samples = {value(3), value(3)};
  size.exact = 3;
  EXPECT_EQ(verdict(size), "matches theory");
  size.samples.push_back(value(4));
  EXPECT_EQ(verdict(size), "refuted");
}

TEST(CapacitySeries, OneInstanceBeyondItsBoundRefutes) {
  Size size;
  size.samples = {bounded(1, 0.5, 2), bounded(3, 2.5, 4)};
  const SeriesRecords held = judged_size(size);
  EXPECT_EQ(held.finding.verdict, "matches theory");
  EXPECT_EQ(*held.points[0].clearance, 2.5 / 3) << "the worst of 0.5, 0.5, 2.5/3 and 0.75";
  EXPECT_EQ(*held.points[0].lower, 0.5);
  EXPECT_EQ(*held.points[0].upper, 4);
  size.samples.push_back(bounded(3, 1, 2.75));
  EXPECT_EQ(verdict(size), "refuted");
  size.samples.back() = bounded(0.9, 1, 2.75);
  EXPECT_EQ(verdict(size), "refuted");
}

TEST(CapacitySeries, WhatEnclosuresCannotTellFromTheBoundIsNotBeyondIt) {
  const PrecisionScope scope(64);
  const Interval third = Interval(1) / Interval(3);
  Size size;
  size.samples = {{.value = Enclosure(third), .upper = Enclosure(Interval(Interval(2) / Interval(6)))}};
  EXPECT_EQ(verdict(size), "matches theory");
}

TEST(CapacitySeries, NaNNeverPasses) {
  Size size;
  size.samples = {bounded(std::nan(""), 0, 1)};
  EXPECT_EQ(verdict(size), "refuted");
  size.samples = {value(std::nan(""))};
  size.exact = 0;
  EXPECT_EQ(verdict(size), "refuted");
  size.exact.reset();
  size.law = MeanLaw{.mean = 0, .deviation = 1};
  EXPECT_EQ(verdict(size), "refuted");
}

TEST(CapacitySeries, WithoutTheoryThereIsNoVerdict) {
  Size size;
  size.samples = {value(1)};
  size.prediction = 5;
  EXPECT_EQ(verdict(size), "no theory");
  size.exact = 1;
  size.applies = false;
  EXPECT_EQ(verdict(size), "pre-asymptotic");
  size.applies = true;
  size.undecided = 1;
  EXPECT_EQ(verdict(size), "undecided");
}

/// n instances with mean `mean`, half of them 1 above it and half below.
std::vector<Sample> around(double mean, std::size_t n) {
  std::vector<Sample> samples;
  for (std::size_t i = 0; i < n; ++i) samples.push_back(value(mean + (i % 2 == 0 ? 1 : -1)));
  return samples;
}

TEST(CapacitySeries, AMeanIsRefutedWhereChanceWouldNotTakeIt) {
  Size size;
  size.samples = around(0.4, 100);
  size.law = MeanLaw{.mean = 0, .deviation = 1};
  EXPECT_EQ(verdict(size), "matches theory") << "4 standard errors: once in 16 000";
  size.samples = around(0.5, 100);
  EXPECT_EQ(verdict(size), "refuted") << "5 standard errors: once in 1.7 million";
  size.law->at_most = true;
  EXPECT_EQ(verdict(size), "refuted");
  size.samples = around(-3, 100);
  EXPECT_EQ(verdict(size), "matches theory");
}

TEST(CapacitySeries, TheMeanOfSquaresIsReportedByItsRoot) {
  Size size;
  size.samples = {value(3), value(5)};  // squares 9 and 25
  size.law = MeanLaw{.of = MeanLaw::Of::squares, .mean = 16, .deviation = 8};
  const PointRecord point = judged_size(size).points.at(0);
  EXPECT_EQ(point.verdict, "matches theory");
  EXPECT_EQ(point.measured, std::sqrt(17.0));
  EXPECT_EQ(*point.prediction, 4);
  EXPECT_EQ(point.interval, "95 %");
  EXPECT_NEAR(point.high, std::sqrt(17 + 1.959964 * 8 / std::numbers::sqrt2), 1e-5)
      << "the table's 97.5 % quantile";
}

}  // namespace
}  // namespace sca::experiments::capacity
