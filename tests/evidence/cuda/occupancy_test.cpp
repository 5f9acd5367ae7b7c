#include "evidence/cuda/occupancy.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#if __has_include(<cuda_occupancy.h>)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <cuda_occupancy.h>
#pragma GCC diagnostic pop
#define SCA_HAS_CUDA_OCCUPANCY
#endif

namespace sca::evidence::cuda {
namespace {

TEST(CudaOccupancy, IsLimitedByWhatRunsOutFirst) {
  const Architecture& a100 = architecture(80);
  // 72 registers x 32 = 2304 a warp, a multiple of 256: 7 warps in each of the four parts, 7 blocks of 4.
  const Occupancy by_registers = occupancy(a100, {128, 72, 21024});
  EXPECT_EQ(by_registers.blocks, 7);
  EXPECT_EQ(by_registers.warps, 28);
  EXPECT_EQ(by_registers.limit, "registers");
  EXPECT_DOUBLE_EQ(by_registers.share, 28.0 / 64);
  EXPECT_EQ(occupancy(a100, {128, 73, 0}).blocks, 6) << "80 registers a thread, of which 16 KiB have 6 warps";
  EXPECT_EQ(occupancy(a100, {256, 32, 0}).limit, "warps");
  EXPECT_EQ(occupancy(a100, {32, 32, 0}).limit, "blocks");
  // With the reserved KiB 33 KiB a block of 164.
  EXPECT_EQ(occupancy(a100, {128, 32, 32768}).blocks, 4);
  EXPECT_EQ(occupancy(a100, {128, 32, 32768}).limit, "shared memory");
  EXPECT_EQ(occupancy(architecture(75), {128, 32, 32768}).blocks, 2);
}

TEST(CudaOccupancy, IsNoneOfABlockThatDoesNotFit) {
  EXPECT_EQ(occupancy(architecture(75), {128, 32, 65 << 10}).blocks, 0);
  EXPECT_EQ(occupancy(architecture(90), {1024, 128, 0}).blocks, 0);
  EXPECT_EQ(occupancy(architecture(90), {1056, 16, 0}).blocks, 0);
  EXPECT_THROW(architecture(70), std::out_of_range);
}

#ifdef SCA_HAS_CUDA_OCCUPANCY
cudaOccDeviceProp properties_of(const Architecture& on) {
  cudaOccDeviceProp device;
  device.computeMajor = on.number / 10;
  device.computeMinor = on.number % 10;
  device.maxThreadsPerBlock = 1024;
  device.maxThreadsPerMultiprocessor = on.threads;
  device.regsPerBlock = device.regsPerMultiprocessor = 65536;
  device.warpSize = 32;
  device.sharedMemPerBlock = 48 << 10;
  device.sharedMemPerMultiprocessor = static_cast<std::size_t>(on.shared);
  device.sharedMemPerBlockOptin = static_cast<std::size_t>(on.shared - on.reserved);
  device.reservedSharedMemPerBlock = static_cast<std::size_t>(on.reserved);
  device.numSms = 1;
  return device;
}

int blocks_by_toolkit(const Architecture& on, const BlockNeeds& block) {
  const cudaOccDeviceProp device = properties_of(on);
  cudaOccFuncAttributes function;
  function.maxThreadsPerBlock = 1024;
  function.numRegs = block.registers;
  function.shmemLimitConfig = FUNC_SHMEM_LIMIT_OPTIN;
  function.maxDynamicSharedSizeBytes = static_cast<std::size_t>(block.shared);
  function.numBlockBarriers = 1;
  cudaOccDeviceState state;
  state.carveoutConfig = SHAREDMEM_CARVEOUT_MAX_SHARED;
  cudaOccResult result{};
  const cudaOccError error = cudaOccMaxActiveBlocksPerMultiprocessor(
      &result, &device, &function, &state, block.threads, static_cast<std::size_t>(block.shared));
  EXPECT_EQ(error, CUDA_OCC_SUCCESS) << "sm_" << on.number;
  return result.activeBlocksPerMultiprocessor;
}
#endif

TEST(CudaOccupancy, IsThatOfTheToolkit) {
#ifdef SCA_HAS_CUDA_OCCUPANCY
  for (const Architecture& on : architectures()) {
    for (const int threads : {32, 64, 96, 128, 160, 256, 512, 768, 1024}) {
      for (int registers = 16; registers <= 255; ++registers) {
        for (const std::int64_t shared :
             {0, 64, 1000, 4384, 16384, 21024, 32800, 48 << 10, 62 << 10, 99 << 10}) {
          const BlockNeeds block{threads, registers, shared};
          ASSERT_EQ(occupancy(on, block).blocks, blocks_by_toolkit(on, block))
              << "sm_" << on.number << ", " << threads << " threads of " << registers << " registers, "
              << shared << " bytes";
        }
      }
    }
  }
#else
  GTEST_SKIP() << "the toolkit's cuda_occupancy.h is not on the include path";
#endif
}

}  // namespace
}  // namespace sca::evidence::cuda
