#include "evidence/cuda/float_error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace sca::evidence::cuda {
namespace {

using kernels::Exact;

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float largest = std::numeric_limits<float>::max();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

void expect_error(float got, const Exact& exact, double ulps, double steps) {
  const FloatError error = float_error(got, exact, false);
  EXPECT_DOUBLE_EQ(error.ulps, ulps) << got << " for " << exact;
  EXPECT_EQ(error.steps, steps) << got << " for " << exact;
}

TEST(CudaFloatError, CountsInUnitsOfTheExactResultsLastPlace) {
  expect_error(1.5F, 1.5, 0, 0);
  expect_error(1.5F + 3 * 0x1p-23F, 1.5, 3, 3);
  expect_error(-1.5F + 3 * 0x1p-23F, -1.5, 3, 3);
  expect_error(1.5F, Exact(1.5) + 0x1.8p-25, 0.375, 0);
  expect_error(1.5F + 0x1p-23F, Exact(1.5) + 0x1.8p-25, 0.625, 1);
  // A power of two's neighbour below is half as far away as the one above.
  expect_error(1 - 3 * 0x1p-24F, 1, 1.5, 3);
  expect_error(1 - 3 * 0x1p-24F, Exact(1) - 0x1p-26, 2.75, 3);
  expect_error(1 + 0x1p-23F, 1, 1, 1);
}

TEST(CudaFloatError, TakesTheLargerNumberOfStepsHalfway) { expect_error(1, Exact(1) + 0x1p-24, 0.5, 1); }

TEST(CudaFloatError, KnowsSubnormalResultsAndZeros) {
  const Exact least = 0x1p-149;
  expect_error(8 * 0x1p-149F, 5.25 * least, 2.75, 3);
  expect_error(0, least / 4, 0.25, 0);
  expect_error(-0x1p-149F, least / 4, 1.25, 1);
  expect_error(0x1p-149F, 0, 1, 1);
  expect_error(-0.0F, 0, 0, 0);
  expect_error(0x1p-126F, Exact(0x1p-126) - least, 1, 1);
}

TEST(CudaFloatError, KnowsWhereInfinityIsRight) {
  expect_error(infinity, Exact(0x1p128), 0, 0);
  expect_error(infinity, Exact(largest) + 0x1p103, infinity,
               infinity);  // halfway: an infinity would be right
  expect_error(infinity, Exact(largest) + 0x1.8p103, 0, 0);
  expect_error(largest, Exact(0x1p128), 1, 1);
  expect_error(infinity, largest, infinity, infinity);
  expect_error(-infinity, Exact(0x1p128), infinity, infinity);
  expect_error(infinity, std::numeric_limits<Exact>::infinity(), 0, 0);
  expect_error(largest, std::numeric_limits<Exact>::infinity(), infinity, infinity);
}

TEST(CudaFloatError, NeverTakesANanForANumber) {
  expect_error(nan, 1, infinity, infinity);
  expect_error(1, std::numeric_limits<Exact>::quiet_NaN(), infinity, infinity);
  expect_error(nan, std::numeric_limits<Exact>::quiet_NaN(), 0, 0);
  expect_error(nan, std::numeric_limits<Exact>::infinity(), infinity, infinity);
}

// u = 2^-24: absolute for sine and cosine, else u |f| + 2^-150.
TEST(CudaFloatError, CountsInUnitsOfWhatKernelsDeclare) {
  EXPECT_DOUBLE_EQ(float_error(0.25F + 0x1p-22F, 0.25, true).units, 4);
  EXPECT_DOUBLE_EQ(float_error(0.25F + 0x1p-22F, 0.25, false).units, 16);
  EXPECT_DOUBLE_EQ(float_error(0x1p-149F, 0, false).units, 2);
}

TEST(CudaFloatError, IsNeverLessThanTheError) {
  const Exact exact = Exact(1) / 3;
  const FloatError error = float_error(0x1.555556p-2F, exact, false);
  EXPECT_GE(Exact(error.ulps), (Exact(0x1.555556p-2F) - exact) * 0x1p25);
  EXPECT_NEAR(error.ulps, 1.0 / 3, 1e-6);
}

}  // namespace
}  // namespace sca::evidence::cuda
