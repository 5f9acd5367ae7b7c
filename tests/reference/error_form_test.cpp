#include "reference/error_form.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "reference/multiprecision.hpp"
#include "tests/reference/expression.hpp"

namespace sca::reference {
namespace {

using sca::test::hash;

/// A number in [-1, 1), of any number of digits.
double number(std::uint64_t seed, std::uint64_t i) {
  return static_cast<double>(static_cast<std::int64_t>(hash(seed, i))) * 0x1p-63;
}

BallMatrix random_matrix(std::uint64_t seed, std::size_t rows, std::size_t columns, double radius) {
  BallMatrix a = BallMatrix::zeros(rows, columns);
  for (std::size_t i = 0; i < a.middle.size(); ++i) {
    a.middle[i] = number(seed, i);
    a.radius[i] = radius * std::abs(number(seed + 1, i));
  }
  return a;
}

/// One of the matrices that `a` holds: anywhere in each ball, or on its edge.
std::vector<Float> member(const BallMatrix& a, std::uint64_t seed) {
  std::vector<Float> result;
  for (std::size_t i = 0; i < a.middle.size(); ++i) {
    const double where = hash(seed, i) % 2 == 0 ? number(seed, i) : (hash(seed, i) % 4 == 1 ? 1 : -1);
    result.push_back(Float(a.middle[i]) + Float(where) * Float(a.radius[i]));
  }
  return result;
}

/// The largest |exact - middle| / radius.
double clearance(const BallMatrix& claimed, const std::vector<Float>& exact) {
  double worst = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    const Float off = abs(Float(exact[i] - Float(claimed.middle[i])));
    worst = std::max(worst, static_cast<double>(Float(off / Float(claimed.radius[i]))));
  }
  return worst;
}

std::vector<Float> exact_product(const std::vector<Float>& a, const std::vector<Float>& b, std::size_t n) {
  std::vector<Float> result(n * n, Float(0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < n; ++k) result[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
  return result;
}

class BallMatrixTest : public ::testing::Test {
  DigitsScope digits_{100};
};

// Radii that are nearly attained, radii below the roundings, and none: then the roundings alone.
TEST_F(BallMatrixTest, ProductsAndSumsEnclose) {
  constexpr std::size_t n = 7;
  double widest = 0;
  for (const double radius : {0.5, 1e-3, 1e-16, 0.0}) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      const BallMatrix a = random_matrix(4 * seed, n, n, radius);
      const BallMatrix b = random_matrix(4 * seed + 2, n, n, radius);
      const auto in_a = member(a, seed);
      const auto in_b = member(b, seed + 1000);
      const double product = clearance(a * b, exact_product(in_a, in_b, n));
      EXPECT_LE(product, 1);
      widest = std::max(widest, product);
      std::vector<Float> sum;
      for (std::size_t i = 0; i < n * n; ++i) sum.push_back(in_a[i] + in_b[i]);
      EXPECT_LE(clearance(a + b, sum), 1);
    }
  }
  EXPECT_GT(widest, 0.3) << "no product comes near its radius";
}

/// A bound that is attained, but for what the radii's own arithmetic adds: `settled`, once more for its
/// products.
void expect_just_above(Upper bound, double attained) {
  EXPECT_GE(bound.bound(), attained);
  EXPECT_LE(bound.bound(), settled(settled(attained).bound()).bound());
}

TEST_F(BallMatrixTest, TheIdentityChangesNothing) {
  const BallMatrix a = random_matrix(1, 5, 5, 0.25);
  const BallMatrix product = a * BallMatrix::identity(5);
  EXPECT_EQ(product.middle, a.middle);
  for (std::size_t i = 0; i < 25; ++i) expect_just_above(Upper(product.radius[i]), a.radius[i]);
}

TEST_F(BallMatrixTest, WhatIsUnknownStaysUnknown) {
  BallMatrix a = BallMatrix::identity(2);
  a.radius[1] = INFINITY;
  for (const double entry : {0.0, 1.0}) {
    BallMatrix b = BallMatrix::identity(2);
    b.middle[2] = entry;
    EXPECT_FALSE(Upper((a * b).radius[0]).is_finite());
    EXPECT_FALSE(image(a, {Upper(1), Upper(entry)})[0].is_finite());
  }
}

// ---- forms

TEST(ErrorForm, WhatASourceDoesAlongTwoWaysMayCancel) {
  BallMatrix minus = BallMatrix::identity(2);
  for (double& entry : minus.middle) entry = -entry;
  const ErrorForm source = ErrorForm::source({Upper(1), Upper(2)});
  const auto cancelled = (source + image(minus, source)).bounds(2);
  EXPECT_TRUE(cancelled[1].is_zero());
  const auto apart = (source + image(minus, ErrorForm::source({Upper(1), Upper(2)}))).bounds(2);
  expect_just_above(apart[1], 4);
}

TEST(ErrorForm, EffectsMultiplyBeforeMagnitudesAreTaken) {
  BallMatrix turn = BallMatrix::zeros(2, 2);  // by 45 degrees
  turn.middle = {0.75, -0.75, 0.75, 0.75};
  const ErrorForm source = ErrorForm::source({Upper(1), Upper(1)});
  const auto twice = image(turn, image(turn, source)).bounds(2);
  expect_just_above(twice[0], 1.125);  // magnitudes multiplied would say 2.25
  const auto once = image(turn, source) + ErrorForm::source({Upper(0.5), Upper()});
  expect_just_above(once.bounds(2)[0], 2);
}

TEST(ErrorForm, WithoutSourcesThereIsNoError) {
  EXPECT_TRUE(ErrorForm().bounds(1)[0].is_zero());
  EXPECT_TRUE(ErrorForm::source({Upper()}).bounds(1)[0].is_zero());
  EXPECT_FALSE(ErrorForm::source({Upper::unknown()}).bounds(1)[0].is_finite());
}

}  // namespace
}  // namespace sca::reference
