#include "evidence/cuda/meter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>

namespace sca::evidence::cuda {
namespace {

// Copies one float a thread: to[thread] = from[thread * stride].
constexpr const char* copying = R"(.version 8.0
.target sm_80
.address_size 64
.visible .entry copying(
	.param .align 8 .b8 copying_param_0[24]
)
.maxntid 64, 1, 1
{
	.reg .f32 	%f<2>;
	.reg .b32 	%r<5>;
	.reg .b64 	%rd<8>;
	ld.param.u64 	%rd1, [copying_param_0];
	ld.param.u64 	%rd2, [copying_param_0+8];
	ld.param.u32 	%r1, [copying_param_0+16];
	mov.u32 	%r2, %tid.x;
	mul.lo.s32 	%r3, %r2, %r1;
	mul.wide.s32 	%rd3, %r3, 4;
	add.s64 	%rd4, %rd1, %rd3;
	ld.global.f32 	%f1, [%rd4];
	mul.wide.s32 	%rd5, %r2, 4;
	add.s64 	%rd6, %rd2, %rd5;
	st.global.f32 	[%rd6], %f1;
	ret;
}
)";

struct Argument {
  const void* from;
  void* to;
  std::int32_t stride;
};

/// What copying 64 numbers by two warps does.
Metered copied(std::int32_t stride, unsigned blocks = 1, int launches = 1) {
  Meter meter(copying);
  const std::vector<float> numbers(static_cast<std::size_t>(64 * stride), 1.5F);
  void* const from = meter.allocate(numbers.size() * 4, "from");
  meter.upload(from, numbers.data(), numbers.size() * 4);
  std::array<float, 64> copy{};
  void* const to = meter.allocate(sizeof copy, "to");
  const Argument argument{from, to, stride};
  for (int i = 0; i < launches; ++i)
    meter.launch({"copying", {blocks, 1, 1}, 64, 128, &argument, sizeof argument});
  meter.download(copy.data(), to, sizeof copy);
  EXPECT_EQ(copy[63], 1.5F);
  meter.release(from);
  meter.release(to);
  EXPECT_EQ(meter.kernels().size(), 1U);
  return meter.kernels().front();
}

TEST(CudaMeter, CountsSectorsOfRequests) {
  const Metered together = copied(1);
  EXPECT_EQ(together.kernel, "copying");
  EXPECT_EQ(together.threads, 64U);
  EXPECT_EQ(together.shared_bytes, 128U);
  EXPECT_EQ(together.instructions, 64U * 12);
  EXPECT_EQ(together.loads.count, 2U);
  EXPECT_EQ(together.loads.sectors, 8U);
  EXPECT_EQ(together.loads.bytes, 256U);
  EXPECT_EQ(together.stores.count, 2U);
  EXPECT_EQ(together.stores.sectors, 8U);
  EXPECT_EQ(together.local_accesses, 0U);
  const Metered apart = copied(8);
  EXPECT_EQ(apart.loads.sectors, 64U) << "a sector each";
  EXPECT_EQ(apart.stores.sectors, 8U);
  EXPECT_EQ(apart.sectors(), 72U);
  EXPECT_EQ(apart.touched(), 72U);
  EXPECT_EQ(apart.requests(), 4U);
}

TEST(CudaMeter, AddsUpBlocksAndLaunches) {
  const Metered two = copied(1, 2);
  EXPECT_EQ(two.blocks, 2U);
  EXPECT_EQ(two.launches, 1U);
  EXPECT_EQ(two.loads.sectors, 16U);
  EXPECT_EQ(two.loads.touched, 8U) << "both blocks touch the same";
  EXPECT_EQ(two.stores.touched, 8U);
  EXPECT_EQ(two.instructions, 2U * 64 * 12);
  const Metered thrice = copied(1, 1, 3);
  EXPECT_EQ(thrice.launches, 3U);
  EXPECT_EQ(thrice.blocks, 3U);
  EXPECT_EQ(thrice.stores.sectors, 24U);
  EXPECT_EQ(thrice.touched(), 3U * 16) << "each launch anew";
  EXPECT_EQ(thrice.instructions, 3U * 64 * 12);
}

}  // namespace
}  // namespace sca::evidence::cuda
