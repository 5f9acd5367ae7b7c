#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "experiments/analysis/equivalence.hpp"
#include "experiments/analysis/holm.hpp"
#include "experiments/analysis/sign_flip.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Fisher 1935, section 21: of the 32,768 sums 863 reach 314 or more, 1,726 on both sides.
TEST(SignFlip, OfDarwinsMaizeIsFishersCount) {
  const SignFlip test = sign_flip({49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48});
  EXPECT_EQ(test.p, 1726.0 / 32768);
  EXPECT_EQ(test.least, 2.0 / 32768);
}

TEST(SignFlip, ByHand) {
  EXPECT_EQ(sign_flip({1, 2, 3}).p, 0.25);  // only +++ and --- reach 6
  EXPECT_EQ(sign_flip({1, 2, 3}).least, 0.25);
  EXPECT_EQ(sign_flip({1, 2, -3}).p, 1);     // a sum of 0
  EXPECT_EQ(sign_flip({1, -2, 3}).p, 0.75);  // |sum| 2: not 0, 0, twice each 2, 4, 6
  EXPECT_EQ(sign_flip({0, 0, 0}).p, 1);
  EXPECT_EQ(sign_flip({-0.5}).p, 1);
  EXPECT_EQ(sign_flip(std::vector<double>(10, 0.1)).p, 2.0 / 1024);
}

TEST(SignFlip, TiesThatRoundingPartsAreTies) {
  // In doubles 0.1 + 0.2 + 0.3 - 0.4 is above 0.2, and 0.1 - 0.2 - 0.3 + 0.4 is not even 0. In tenths only
  // the two sums that are 0 are nearer to it than the observed one.
  EXPECT_EQ(sign_flip({0.1, 0.2, 0.3, -0.4}).p, 14.0 / 16);
  EXPECT_EQ(sign_flip({0.1, 0.2, 0.3, -0.6}).p, 1);
}

TEST(SignFlip, OutsideItsDomain) {
  EXPECT_THROW(sign_flip({}), std::invalid_argument);
  EXPECT_THROW(sign_flip({1, std::nan("")}), std::invalid_argument);
  EXPECT_THROW(sign_flip(std::vector<double>(25, 1.0)), std::invalid_argument);
}

void expect_holm(const std::vector<double>& p, const std::vector<double>& expected) {
  const std::vector<double> adjusted = holm(p);
  ASSERT_EQ(adjusted.size(), expected.size());
  for (std::size_t i = 0; i < p.size(); ++i) EXPECT_NEAR(adjusted[i], expected[i], 1e-15);
}

// R 4.2.2: p.adjust(p, "holm").
TEST(Holm, IsThatOfR) {
  expect_holm({0.01, 0.02, 0.03, 0.04, 0.05}, {0.05, 0.08, 0.09, 0.09, 0.09});
  expect_holm({0.0001, 0.0001, 0.0002, 0.3, 0.04, 0.012}, {0.0006, 0.0006, 0.0008, 0.3, 0.08, 0.036});
  expect_holm({0.25, 0.25, 1, 0.75}, {1, 1, 1, 1});
  expect_holm({}, {});
}

struct Published {
  std::vector<double> differences;
  double margin, p, low, high;
};

// statsmodels 0.15.0: ttost_paired(d, zeros, -margin, margin)[0]; scipy 1.17.1: t.interval(0.9, n - 1, mean,
// sd / sqrt(n)). R 4.2.2 gives the first one's two tests (t.test with mu = -0.01 and 0.01): 0.000597140560288
// and 0.000695347743209.
TEST(Equivalence, IsThatOfStatsmodelsScipyAndR) {
  for (const Published& one :
       {Published{{0.003, -0.004, 0.001, 0.002, -0.001},
                  0.01,
                  0.0006953477432089466,
                  -0.0024455522881568132,
                  0.002845552288156812},
        Published{
            {0.012, 0.004, 0.009}, 0.01, 0.2745825913331419, 0.0015200336458413045, 0.015146633020825357}}) {
    const Equivalence test = equivalence(one.differences, one.margin);
    EXPECT_NEAR(test.p, one.p, 1e-12);
    EXPECT_NEAR(test.interval.low, one.low, 1e-12);
    EXPECT_NEAR(test.interval.high, one.high, 1e-12);
  }
}

TEST(Equivalence, TheIntervalIsWithinTheMarginIffTheTestsSaySo) {
  for (const double margin : {0.002, 0.0028, 0.0029, 0.01}) {
    const Equivalence test = equivalence({0.003, -0.004, 0.001, 0.002, -0.001}, margin);
    EXPECT_EQ(test.p<equivalence_size, test.interval.low> - margin && test.interval.high < margin);
  }
}

TEST(Equivalence, NothingFollowsFromOneOrFromNoSpread) {
  for (const auto& differences : {std::vector<double>{0.001}, std::vector<double>{0, 0, 0}}) {
    const Equivalence test = equivalence(differences, 0.01);
    EXPECT_EQ(test.p, 1);
    EXPECT_EQ(test.interval.low, -infinity);
    EXPECT_EQ(test.interval.high, infinity);
  }
}

}  // namespace
}  // namespace sca::experiments::ablation
