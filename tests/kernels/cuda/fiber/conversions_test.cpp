// Numbers of 16 bits, and functions whose names the host has too.
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

#include "evidence/hash.hpp"
#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda::test {
namespace {

std::uint32_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }

TEST(fiber_conversions, widen_all_numbers_as_the_other_kernels_do) {
  for (unsigned i = 0; i < 65536; ++i) {
    const auto u = static_cast<std::uint16_t>(i);
    ASSERT_EQ(bits(__bfloat162float({u})), bits(load(BFloat16{u}))) << i;
    const float half = __half2float({u});
    if (half != half) {
      ASSERT_EQ(bits(half), 0x7fffffffU) << i;
      ASSERT_TRUE(std::isnan(load(Float16{u}))) << i;
    } else {
      ASSERT_EQ(bits(half), bits(load(Float16{u}))) << i;
    }
  }
}

TEST(fiber_conversions, give_every_number_back) {
  for (unsigned i = 0; i < 65536; ++i) {
    const auto u = static_cast<std::uint16_t>(i);
    const float wide = __bfloat162float({u});
    ASSERT_EQ(__float2bfloat16(wide).bits, wide != wide ? 0x7fffU : i);
    const float half = __half2float({u});
    ASSERT_EQ(__float2half(half).bits, half != half ? 0x7fffU : i);
  }
}

/// The nearest of all, by search: below and above x, and of two as near the even one.
template <class Widen>
unsigned nearest(float x, Widen widen, unsigned infinity) {
  unsigned low = 0;
  unsigned high = infinity;
  const double size = std::fabs(static_cast<double>(x));
  while (high - low > 1) {
    const unsigned middle = (low + high) / 2;
    (static_cast<double>(widen(middle)) <= size ? low : high) = middle;
  }
  // Where the next would be, if the format had it: what overflows is decided as if it did.
  const double below = widen(low);
  const double above = high == infinity ? 2 * below - static_cast<double>(widen(low - 1)) : widen(high);
  const bool up = size - below > above - size || (size - below == above - size && low % 2 == 1);
  return (up ? high : low) | (std::signbit(x) ? 0x8000U : 0U);
}

TEST(fiber_conversions, round_to_the_nearest) {
  const auto bfloat = [](unsigned u) { return __bfloat162float({static_cast<std::uint16_t>(u)}); };
  const auto half = [](unsigned u) { return __half2float({static_cast<std::uint16_t>(u)}); };
  for (std::uint64_t i = 0; i < 200000; ++i) {
    const auto drawn = static_cast<std::uint32_t>(evidence::mixed(i + 1) >> 32U);
    // Any float; one of a half's exponents; one halfway between two halves, or two bfloats.
    const std::uint32_t near_half = (drawn & 0x807fffffU) | (99 + drawn % 48) << 23U;
    for (const std::uint32_t u :
         {drawn, near_half, (near_half & 0xffffe000U) | 0x1000U, (drawn & 0xffff0000U) | 0x8000U}) {
      const auto x = std::bit_cast<float>(u);
      if (!std::isfinite(x)) continue;
      ASSERT_EQ(__float2bfloat16(x).bits, nearest(x, bfloat, 0x7f80)) << x;
      ASSERT_EQ(__float2half(x).bits, nearest(x, half, 0x7c00)) << x;
    }
  }
}

TEST(fiber_conversions, keep_infinities_and_make_nan_canonical) {
  EXPECT_EQ(__float2bfloat16(-HUGE_VALF).bits, 0xff80U);
  EXPECT_EQ(__float2half(-HUGE_VALF).bits, 0xfc00U);
  EXPECT_EQ(__float2bfloat16(std::bit_cast<float>(0xff800001U)).bits, 0x7fffU);
  EXPECT_EQ(__float2half(std::bit_cast<float>(0xff800001U)).bits, 0x7fffU);
}

TEST(fiber_mathematics, sincosf_is_sinf_and_cosf) {
  for (std::uint64_t i = 0; i < 200000; ++i) {
    const auto x = std::bit_cast<float>(static_cast<std::uint32_t>(evidence::mixed(i + 2) >> 32U));
    if (!std::isfinite(x)) continue;
    float s = 0;
    float c = 0;
    sincosf(x, &s, &c);
    volatile float alone = x;  // or the compiler makes one call of the two
    ASSERT_EQ(bits(s), bits(sinf(alone))) << x;
    ASSERT_EQ(bits(c), bits(cosf(alone))) << x;
  }
}

TEST(fiber_mathematics, has_cuda_s_extremes_and_bits) {
  EXPECT_EQ(min(3, -2), -2);
  EXPECT_EQ(max(3U, 4U), 4U);
  EXPECT_EQ(max(std::nanf(""), 1.0F), 1.0F);
  EXPECT_EQ(min(1.0, std::nan("")), 1.0);
  EXPECT_EQ(rsqrtf(4.0F), 0.5F);
  EXPECT_EQ(__popc(0xf0U), 4);
  EXPECT_EQ(__clz(1), 31);
  EXPECT_EQ(__ffs(8), 4);
  EXPECT_EQ(__ffs(0), 0);
  EXPECT_EQ(__float_as_uint(1.0F), 0x3f800000U);
}

}  // namespace
}  // namespace sca::kernels::cuda::test
