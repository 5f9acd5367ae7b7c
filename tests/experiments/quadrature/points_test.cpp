#include "experiments/quadrature/points.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "experiments/quadrature/lattice.hpp"
#include "experiments/quadrature/primes.hpp"
#include "theory/lattice_error.hpp"

namespace sca::experiments {
namespace {

using Points = std::vector<double>;

TEST(Points, SobolAreThePublishedOnes) {
  // Joe and Kuo's table, in Gray code order; each point is shown in the middle of its 2^-32 cell.
  const Points expected{0,    0,    0,    0.5,   0.5,   0.5,   0.75,  0.25,  0.25,
                        0.25, 0.75, 0.75, 0.375, 0.375, 0.625, 0.875, 0.875, 0.125};
  const Points points = sobol_points(6, 3);
  ASSERT_EQ(points.size(), expected.size());
  for (std::size_t i = 0; i < points.size(); ++i) EXPECT_EQ(points[i], expected[i] + 0x1p-33) << i;
}

TEST(Points, HaltonAreRadicalInverses) {
  // 1, 2, 3, 4 = 1, 10, 11, 100 in base 2 and 1, 2, 10, 11 in base 3.
  const Points expected{1. / 2, 1. / 3, 1. / 4, 2. / 3, 3. / 4, 1. / 9, 1. / 8, 4. / 9};
  const Points points = halton_points(4, 2);
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_DOUBLE_EQ(points[i], expected[i]) << i;
}

/// Every elementary interval in base 2 of volume 2^-(m - t) holds 2^t of 2^m points: a (t, m, 2)-net.
void expect_net(const Points& points, unsigned m, unsigned t) {
  for (unsigned first = 0; first <= m - t; ++first) {
    const unsigned second = m - t - first;
    std::map<std::pair<long, long>, int> counts;
    for (std::size_t i = 0; i < points.size(); i += 2)
      ++counts[{std::lround(std::floor(std::ldexp(points[i], static_cast<int>(first)))),
                std::lround(std::floor(std::ldexp(points[i + 1], static_cast<int>(second))))}];
    ASSERT_EQ(counts.size(), std::size_t{1} << (m - t));
    for (const auto& [cell, count] : counts) EXPECT_EQ(count, 1 << t);
  }
}

TEST(Points, SobolIsADigitalNetAndStaysOneScrambled) {
  for (const unsigned m : {3u, 6u, 9u}) {
    expect_net(sobol_points(std::size_t{1} << m, 2), m, 0);
    expect_net(scrambled_sobol_points(std::size_t{1} << m, 2, 7), m, 0);
  }
}

/// Each b-adic interval holds its share of the first b^m points.
TEST(Points, HaltonAxesAreEquidistributedAndStaySoScrambled) {
  for (const Points& points : {halton_points(81, 2), scrambled_halton_points(81, 2, 3)}) {
    std::vector<int> counts(27, 0);
    for (std::size_t i = 1; i < points.size(); i += 2)
      ++counts[static_cast<std::size_t>((points[i] + 0x1p-40) * 27)];
    // 2^-40, for sums of digits that are rounded down to an end of their interval. Halton's points start at
    // 1: 81 successive indices meet each residue modulo 27 three times.
    for (const int count : counts) EXPECT_EQ(count, 3);
  }
}

TEST(Points, RandomOnesDependOnTheSeedAndOnNothingElse) {
  using Make = Points (*)(std::size_t, std::size_t, std::uint64_t);
  for (const Make make :
       {Make{independent_points}, Make{scrambled_sobol_points}, Make{scrambled_halton_points}}) {
    const Points all = make(64, 3, 5);
    EXPECT_EQ(all, make(64, 3, 5));
    EXPECT_NE(all, make(64, 3, 6));
    const Points some = make(16, 3, 5);
    EXPECT_TRUE(std::ranges::equal(some, std::span(all).first(some.size())));  // nested
    for (const double x : all) {
      EXPECT_GT(x, 0);
      EXPECT_LT(x, 1);
    }
  }
}

TEST(Points, ALatticeIsAGroupAndTheTentFoldsIt) {
  const std::vector<std::uint64_t> z{1, 4};
  const Points points = shifted_lattice_points(11, z, 9);
  std::set<std::pair<long, long>> steps;
  for (std::size_t n = 0; n < 11; ++n) {
    const auto step = [&](std::size_t l) {
      const double x = points[2 * n + l] - points[l];
      return std::lround(11 * (x - std::floor(x))) % 11;
    };
    EXPECT_EQ(step(1), step(0) * 4 % 11);
    steps.insert({step(0), step(1)});
  }
  EXPECT_EQ(steps.size(), 11u);
  EXPECT_EQ(tent_transformed({0, 0.25, 0.5, 0.75}), (Points{0, 0.5, 1, 0.5}));
}

TEST(Lattice, FastConstructionFindsNoWorseComponentThanTheSlowOne) {
  const std::vector<double> gamma{1, 0.7, 0.5, 0.3};
  for (const std::uint64_t N : {3u, 7u, 31u, 61u}) {
    const auto fast = component_by_component(N, gamma);
    ASSERT_EQ(fast.size(), gamma.size());
    for (std::size_t l = 1; l < gamma.size(); ++l) {
      std::vector<std::uint64_t> tried(fast.begin(), fast.begin() + static_cast<std::ptrdiff_t>(l));
      tried.push_back(1);
      std::vector<std::pair<double, std::uint64_t>> errors;
      for (std::uint64_t z = 1; z <= N / 2; ++z) {
        tried.back() = z;
        errors.emplace_back(lattice_error_squared<double>(N, tried, std::span(gamma).first(l + 1)), z);
      }
      tried.back() = fast[l];
      const double found = lattice_error_squared<double>(N, tried, std::span(gamma).first(l + 1));
      // Sums of N products near 1: what two orders of summation can differ by.
      const double rounding = static_cast<double>(N) * 0x1p-50;
      EXPECT_LE(found, std::ranges::min(errors).first + rounding) << N << " " << l;
    }
  }
}

TEST(Primes, AreFound) {
  EXPECT_EQ(first_primes(6), (std::vector<std::uint64_t>{2, 3, 5, 7, 11, 13}));
  EXPECT_EQ(largest_prime_up_to(4096), 4093u);
  EXPECT_EQ(largest_prime_up_to(2), 2u);
  for (const std::uint64_t p : {3u, 7u, 41u, 4093u}) {
    std::set<std::uint64_t> powers;
    std::uint64_t power = 1;
    for (std::uint64_t i = 0; i + 1 < p; ++i) powers.insert(power = power * primitive_root(p) % p);
    EXPECT_EQ(powers.size(), p - 1);
  }
}

}  // namespace
}  // namespace sca::experiments
