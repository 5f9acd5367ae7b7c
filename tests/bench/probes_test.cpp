// The probes compute what they say: a floor of something else would be no floor.

#include "bench/probes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace {

using namespace sca::bench;

template <class Real>
class ProbesOf : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(ProbesOf, Reals);

TYPED_TEST(ProbesOf, SinesAndCosinesAreThoseOfTheNumbers) {
  using Real = TypeParam;
  const std::size_t block = Probes<Real>::sincos_block();
  const Real u = std::numeric_limits<Real>::epsilon() / 2;
  for (int step = -30; step <= 30; ++step) {
    const Real x = static_cast<Real>(step) / 10;
    const std::vector<Real> all(block, x);
    Real cosines = 0;
    const Real sines = Probes<Real>::sincos(all, cosines);
    // Horner's rule at s = x^2 <= 9: two roundings a term of sums of at most cosh(3), another for the sum of
    // the block.
    const Real bound = static_cast<Real>(block) * u * std::cosh(Real(3)) * 2 * 11;
    EXPECT_NEAR(sines, static_cast<Real>(block) * std::sin(x), bound) << x;
    EXPECT_NEAR(cosines, static_cast<Real>(block) * std::cos(x), bound) << x;
  }
}

TYPED_TEST(ProbesOf, EveryChainOfProductsIsThere) {
  using Real = TypeParam;
  std::vector<Real> seeds(Probes<Real>::seeds());
  std::iota(seeds.begin(), seeds.end(), Real(0));
  // Two rounds of s / 2 + 1: s / 4 + 3/2, summed over all.
  const auto n = static_cast<Real>(seeds.size());
  EXPECT_EQ(Probes<Real>::multiply_add(seeds, 2), n * (n - 1) / 8 + n * Real(1.5));
  EXPECT_EQ(Probes<Real>::multiply_add_flops(), 2 * seeds.size());
}

TEST(Probes, MemoryIsReadAndCopiedWhole) {
  const std::size_t n = 8 * memory_block();
  std::vector<float> from(n);
  std::iota(from.begin(), from.end(), 1.0F);
  EXPECT_EQ(read(from), static_cast<float>(n * (n + 1) / 2));
  std::vector<float> to(n);
  copy(from, to);
  EXPECT_EQ(to, from);
}

}  // namespace
