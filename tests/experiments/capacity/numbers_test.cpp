// What the studies compute with, against values from elsewhere.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "experiments/capacity/certified_rank.hpp"
#include "experiments/capacity/draws.hpp"
#include "experiments/capacity/memory.hpp"
#include "experiments/capacity/prolate.hpp"

namespace sca::experiments::capacity {
namespace {

reference::ComplexMatrix matrix(std::size_t rows, const std::vector<double>& entries) {
  reference::ComplexMatrix result(rows, entries.size() / rows);
  for (std::size_t i = 0; i < entries.size(); ++i) result.entries[i].re = Interval(entries[i]);
  return result;
}

TEST(CertifiedRank, IsFullOrUnknown) {
  const PrecisionScope scope(128);
  EXPECT_EQ(certified_full_rank(matrix(2, {1, 2, 3, 4})), 2u);
  EXPECT_EQ(certified_full_rank(matrix(2, {1, 2, 2, 4})), std::nullopt);
  EXPECT_EQ(certified_full_rank(matrix(2, {1, 2, 0, 2, 4, 1})), 2u) << "not the leading minor";
  EXPECT_EQ(certified_full_rank(matrix(3, {1, 2, 2, 4, 0, 1})), 2u);
  EXPECT_EQ(certified_full_rank(matrix(2, {1, 1, 1, 1 + 0x1p-52})), 2u) << "one ulp from singular";
}

// c lambda^2 / 2 pi is the energy in the band: D. Slepian, H. Pollak, Prolate spheroidal wave functions I,
// table 1.
TEST(Prolate, SingularValuesAreSlepiansEigenvalues) {
  const PrecisionScope scope(128);
  const auto energy = [](double c, std::size_t n) {
    return c / (2 * std::numbers::pi) * std::pow(prolate_singular_values(c, 1e-6).at(n), 2);
  };
  EXPECT_NEAR(energy(1, 0), 0.57258, 5e-6);
  EXPECT_NEAR(energy(1, 1), 0.062791, 5e-7);
  EXPECT_NEAR(energy(2, 0), 0.88056, 5e-6);
  EXPECT_NEAR(energy(2, 1), 0.35564, 5e-6);
  EXPECT_NEAR(energy(4, 0), 0.99589, 5e-6);
  EXPECT_NEAR(energy(4, 1), 0.91211, 5e-6);
}

TEST(Prolate, SquaresSumToTheKernelsOwn) {
  const PrecisionScope scope(256);
  for (const double c : {0.5, 3.0, 16.0}) {
    double sum = 0;
    for (const double value : prolate_singular_values(c, 1e-12)) sum += value * value;
    EXPECT_NEAR(sum, 4, 1e-12) << "the mean square of e^{icxy} is 1";
  }
}

TEST(Prolate, TailIsTheRestOfTwoSeries) {
  const PrecisionScope scope(64);
  // c = 2: 2/n!, odd terms sum to 2 sinh 1, even ones but n = 0 to 2 (cosh 1 - 1).
  const double odd = 2 * std::sinh(1.0);
  const double even = 2 * (std::cosh(1.0) - 1);
  const Interval tail = separable_tail(2, 1);
  EXPECT_GE(upper_double(tail), std::sqrt((odd * odd + even * even) / 2) * (1 - 1e-15));
  EXPECT_NEAR(upper_double(tail), std::sqrt((odd * odd + even * even) / 2), 1e-14);
  EXPECT_NEAR(upper_double(separable_tail(2, 2)), std::sqrt((std::pow(odd - 2, 2) + even * even) / 2), 1e-14);
}

TEST(Draws, NormalNumbersHaveTheirMoments) {
  const std::vector<double> numbers = normal(10000, 1);
  double mean = 0;
  double square = 0;
  for (const double x : numbers) {
    mean += x / 10000;
    square += x * x / 10000;
  }
  EXPECT_NEAR(mean, 0, 5 / std::sqrt(10000.0)) << "five standard errors";
  EXPECT_NEAR(square, 1, 5 * std::sqrt(2 / 10000.0));
}

TEST(Memory, NormalScoresAtTheEnds) {
  EXPECT_NEAR(top1_of_normals(0), 1.0 / memory_values, 1e-12) << "all are alike";
  EXPECT_NEAR(top1_of_normals(12), 1, 1e-12);
  EXPECT_NEAR(top1_of_normals(separation_at_half()), 0.5, 1e-12);
}

TEST(Memory, RecallsWhatIsAlone) {
  const Memory memory({8, 8, 2}, Binding::mixed, 1);
  EXPECT_LE(memory.rank(), 256u);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_TRUE(memory.recalls(independent_pairs(1, i), 0)) << i;
}

TEST(Memory, WithoutMixingBothPairingsGiveTheSameAnswer) {
  const Memory memory({4, 4, 2}, Binding::unmixed, 1);
  std::size_t right = 0;
  for (std::size_t i = 0; i < 50; ++i) {
    const Pairs pairs = distinct_pairs(2, i);
    const Pairs crossed{{pairs[0].first, pairs[1].second}, {pairs[1].first, pairs[0].second}};
    const bool first = memory.recalls(pairs, 0);
    const bool second = memory.recalls(crossed, 0);
    EXPECT_FALSE(first && second) << i;
    right += first ? 1 : 0;
  }
  EXPECT_GT(right, 0u);
}

TEST(Memory, PairsAreDistinct) {
  const Pairs pairs = distinct_pairs(memory_values, 3);
  std::vector<bool> keys(memory_keys), values(memory_values);
  for (const auto& [a, b] : pairs) {
    EXPECT_FALSE(keys.at(a) || values.at(b));
    keys[a] = values[b] = true;
  }
  EXPECT_EQ(pairs.size(), memory_values);
}

}  // namespace
}  // namespace sca::experiments::capacity
