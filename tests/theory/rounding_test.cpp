#include "theory/rounding.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "reference/interval.hpp"
#include "theory/channel_state.hpp"

namespace sca {
namespace {

TEST(Rounding, GammaAndTrees) {
  EXPECT_EQ(gamma<Rational>(2, Rational(1, 8)), Rational(1, 3));
  EXPECT_EQ(ceil_log2(1), 0U);
  EXPECT_EQ(ceil_log2(2), 1U);
  EXPECT_EQ(ceil_log2(5), 3U);
  EXPECT_EQ(ceil_log2(1024), 10U);
  EXPECT_EQ(ceil_log2(1025), 11U);
  EXPECT_EQ(any_tree_error<Rational>(4097, Rational(1, 256)), Rational(16));
  EXPECT_EQ(any_tree_error<Rational>(0, Rational(1, 256)), Rational(0));
  EXPECT_EQ(pairwise_error<Rational>(4, Rational(1, 8)), Rational(1, 3));
  // 7 in chunks of 3: 2 additions within, 2 between.
  EXPECT_EQ(chunked_error<Rational>(7, 3, Rational(1, 8)), Rational(1));
  const auto compensated = compensated_error<Rational>(3, Rational(1, 8));
  EXPECT_EQ(compensated.relative, Rational(1, 8));
  EXPECT_EQ(compensated.absolute, Rational(1, 9));
}

TEST(Rounding, TermAndStateByHand) {
  const Arithmetic<Rational> arithmetic{Rational(1, 16), Rational(2)};
  // (17/16)^2 (1 + 14/16) - 1.
  EXPECT_EQ(term_error(arithmetic, Rational(3)), Rational(4574, 4096));
  // Exact sums: e_R = e_t, e_Z = 0, and the quotient's rounding.
  EXPECT_EQ(state_error(arithmetic, Rational(3), Rational(0)),
            Rational(4574, 4096) + Rational(1, 16) * Rational(8670, 4096));
}

TEST(Rounding, MeanMagnitude) {
  const std::vector<Rational> alpha{1, 3};
  const std::vector<Rational> scalars{-2, 1};
  EXPECT_EQ(mean_magnitude<Rational>(alpha, scalars), Rational(5, 4));
}

/// R^ in binary32 as the layer computes it, left to right.
std::vector<float> state_in_float(const std::vector<float>& theta, const std::vector<float>& alpha,
                                  const std::vector<float>& k, float eta) {
  std::vector<float> sums(theta.size(), 0.0F);
  float total = 0;
  for (std::size_t t = 0; t < k.size(); ++t) {
    for (std::size_t m = 0; m < theta.size(); ++m) {
      const float phase = softsign(eta * k[t]) * theta[m];
      sums[m] += alpha[t] * k[t] * std::cos(phase);
    }
    total += alpha[t];
  }
  for (float& sum : sums) sum /= total;
  return sums;
}

// glibc's cosf errs by less than one unit in the last place, hence by less than 2 u absolutely.
TEST(Rounding, TheStateBoundHoldsInBinary32) {
  std::mt19937 bits(7);
  const auto uniform = [&](float low, float high) {
    return low + (high - low) * std::ldexp(static_cast<float>(bits() >> 8), -24);
  };
  double worst = 0;
  for (const std::size_t n : {1U, 2U, 30U, 1000U}) {
    for (int repeat = 0; repeat < 20; ++repeat) {
      const std::vector<float> theta{uniform(0.001F, 3), uniform(0.001F, 3)};
      std::vector<float> alpha;
      std::vector<float> k;
      for (std::size_t t = 0; t < n; ++t) {
        alpha.push_back(uniform(0.001F, 2));
        k.push_back(uniform(-0.2785F, 4));
      }
      const float eta = uniform(0.1F, 8);
      const auto computed = state_in_float(theta, alpha, k, eta);
      const auto wide = [](const std::vector<float>& x) { return std::vector<double>(x.begin(), x.end()); };
      const auto exact = channel_state<double>(wide(theta), wide(alpha), wide(k), static_cast<double>(eta));
      const Arithmetic<double> arithmetic{std::ldexp(1.0, -24), 2};
      const double scale = mean_magnitude<double>(wide(alpha), wide(k));
      for (std::size_t m = 0; m < theta.size(); ++m) {
        const double bound = scale * state_error(arithmetic, static_cast<double>(theta[m]),
                                                 any_tree_error(n, arithmetic.unit_roundoff));
        const double error = std::abs(static_cast<double>(computed[m]) - exact.sums[m].re / exact.weight);
        EXPECT_LE(error, bound) << "n = " << n;
        worst = std::max(worst, error / bound);
      }
    }
  }
  // A bound that nothing comes near would pass whatever the code did.
  EXPECT_GT(worst, 0.01);
}

}  // namespace
}  // namespace sca
