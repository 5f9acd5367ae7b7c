#include "experiments/quadrature/series.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/random.hpp"

namespace sca::experiments {
namespace {

/// A series whose errors fall as M^slope with some spread, with bounds `margin` times as large.
Series series_of(double slope, const Theory& theory, double margin) {
  Series series{{"token", "synthetic", "test/rule", "cube", "fixed", 1}, {}, theory, {}};
  for (double M = 4; M <= 4096; M *= 2) {
    SizeResult size;
    size.M = M;
    for (std::uint64_t i = 0; i < 32; ++i) {
      const double error = std::pow(M, slope) * (1 + 0.2 * unit(static_cast<std::uint64_t>(M), i));
      size.own.push_back(error);
      size.total.push_back(error);
      if (theory.bound != BoundKind::none) size.bound.push_back(margin * 1.2 * std::pow(M, slope));
    }
    series.sizes.push_back(std::move(size));
  }
  return series;
}

Theory rate(double slope, Sense sense, BoundKind bound = BoundKind::none) {
  return {.slope = slope, .sense = sense, .bound = bound, .words = "a rate", .needs = "a precondition"};
}

std::string verdict(const Series& series) { return judged(series, 1).fits.at(0).verdict; }

TEST(Series, TheRateDecides) {
  EXPECT_EQ(verdict(series_of(-1, rate(-1, Sense::equal), 0)), "matches theory");
  EXPECT_EQ(verdict(series_of(-1, rate(-2, Sense::equal), 0)), "refuted");
  EXPECT_EQ(verdict(series_of(-2, rate(-1, Sense::equal), 0)), "refuted");
  EXPECT_EQ(verdict(series_of(-2, rate(-1, Sense::at_most), 0)), "matches theory");
  EXPECT_EQ(verdict(series_of(-1, rate(-2, Sense::at_most), 0)), "refuted");
}

TEST(Series, OneErrorAboveItsBoundRefutes) {
  Series series = series_of(-1, rate(-1, Sense::equal, BoundKind::each), 1.01);
  EXPECT_EQ(verdict(series), "matches theory");
  EXPECT_LE(*judged(series, 1).fits[0].clearance, 1);
  series.sizes[3].own[7] = 1.01 * series.sizes[3].bound[7];
  EXPECT_EQ(verdict(series), "refuted");
  series.sizes[3].own[7] = std::nan("");
  EXPECT_EQ(verdict(series), "refuted");
}

TEST(Series, VarianceIsJudgedOnBothSides) {
  const auto with = [](double margin) {
    return verdict(series_of(-0.5, rate(-0.5, Sense::equal, BoundKind::variance), margin));
  };
  EXPECT_EQ(with(1.1 / 1.2), "matches theory");  // errors are 1 to 1.2, 1.1 on average
  EXPECT_EQ(with(0.5), "refuted");
  EXPECT_EQ(with(2), "refuted");
}

TEST(Series, LogarithmsWidenTheRate) {
  Theory theory = rate(-1, Sense::at_most);
  EXPECT_EQ(verdict(series_of(-0.8, theory, 0)), "refuted");
  theory.log_power = 2;
  const auto records = judged(series_of(-0.8, theory, 0), 1);
  EXPECT_EQ(records.fits[0].verdict, "matches theory");
  EXPECT_GT(*records.fits[0].rate_high, -0.8);
  theory.log_power = 20;  // then it rises, and anything would do
  EXPECT_EQ(verdict(series_of(-0.8, theory, 0)), "pre-asymptotic");
}

TEST(Series, UnmetPreconditionsAreNoEvidence) {
  Series series = series_of(-1, rate(-2, Sense::equal), 0);
  for (std::size_t s = 0; s + 2 < series.sizes.size(); ++s) series.sizes[s].precondition = false;
  EXPECT_EQ(verdict(series), "pre-asymptotic");
}

TEST(Series, ARateOfNothingIsNoEvidence) {
  // Flat at first, then falling: the interval reaches 0, so that the sizes cannot tell.
  Series series = series_of(0, rate(-1, Sense::at_most), 0);
  for (double& error : series.sizes.back().own) error /= 4;
  EXPECT_EQ(verdict(series), "pre-asymptotic");
}

TEST(Series, ABoundThatAsksForNothingSupportsNothing) {
  Theory only_bound{.slope = {}, .bound = BoundKind::each, .words = "a bound", .needs = "none"};
  EXPECT_EQ(verdict(series_of(-1, only_bound, 1.01)), "matches theory");
  EXPECT_EQ(verdict(series_of(-1, only_bound, 1e9)), "pre-asymptotic");
}

}  // namespace
}  // namespace sca::experiments
