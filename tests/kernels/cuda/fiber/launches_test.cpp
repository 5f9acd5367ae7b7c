// Launches that no device takes, and memory that is not the runner's.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/cuda/fiber/expectations.hpp"

namespace sca::kernels::cuda::test {
namespace {

std::string fault_of(FiberRunner& runner, const Launch& launch) {
  try {
    runner.launch(launch);
  } catch (const Fault& fault) {
    return fault.what();
  }
  return {};
}

TEST(fiber_launches, are_refused_where_a_device_would) {
  FiberRunner runner(samples);
  const Rows nothing{};
  const std::size_t size = sizeof nothing;
  const std::size_t most = 227 << 10;
  const std::vector<char> large(5000);
  const auto expect = [&](const Launch& launch, const char* message) {
    const std::string fault = fault_of(runner, launch);
    EXPECT_NE(fault.find(message), std::string::npos) << fault;
  };
  expect({"warp_scan", {}, 0, 0, &nothing, size}, "1 to 1024 threads");
  expect({"warp_scan", {}, 1025, 0, &nothing, size}, "1 to 1024 threads");
  expect({"warp_scan", {0, 1, 1}, 32, 0, &nothing, size}, "without blocks");
  expect({"warp_scan", {1, 0, 1}, 32, 0, &nothing, size}, "without blocks");
  expect({"warp_scan", {1, 1, 0}, 32, 0, &nothing, size}, "without blocks");
  expect({"warp_scan", {1, 65536, 1}, 32, 0, &nothing, size}, "too many blocks");
  expect({"warp_scan", {1, 1, 65536}, 32, 0, &nothing, size}, "too many blocks");
  expect({"warp_scan", {1U << 20U, 65535, 2}, 32, 0, &nothing, size}, "more blocks than");
  expect({"warp_scan", {}, 32, most + 1, &nothing, size}, "227 KiB");
  expect({"block_sum", {}, 96, most, &nothing, size}, "too much shared memory");
  expect({"warp_scan", {}, 32, 0, large.data(), large.size()}, "4 KiB");
  expect({"no_scan", {}, 32, 0, &nothing, size}, "no kernel is called no_scan");
  EXPECT_EQ(fault_of(runner, {"warp_scan", {}, 1024, most, &nothing, size}), "");
  EXPECT_EQ(wrong_samples(runner), 0);
}

TEST(fiber_memory, is_aligned_and_holds_nan) {
  FiberRunner runner(samples);
  for (const std::size_t bytes : {1U, 4U, 252U, 256U, 1000U}) {
    void* memory = runner.allocate(bytes, "a name of more than forty-seven characters, which is cut");
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % 256, 0U);
    std::vector<unsigned char> all(bytes);
    runner.download(all.data(), memory, bytes);
    EXPECT_EQ(all, std::vector<unsigned char>(bytes, 0xff));
    runner.release(memory);
  }
  runner.release(nullptr);
}

TEST(fiber_memory, is_only_what_was_allocated) {
  FiberRunner runner(samples);
  char some[8]{};
  auto* memory = static_cast<char*>(runner.allocate(8, "memory"));
  EXPECT_NO_THROW(runner.upload(memory + 3, some, 5));
  EXPECT_NO_THROW(runner.download(some, memory + 8, 0));
  EXPECT_THROW(runner.upload(memory + 3, some, 6), Fault);
  EXPECT_THROW(runner.upload(memory - 1, some, 4), Fault);
  EXPECT_THROW(runner.download(some, memory, 9), Fault);
  EXPECT_THROW(runner.download(some, some, 1), Fault);
  EXPECT_THROW(runner.release(memory + 1), Fault);
  runner.release(memory);
  EXPECT_THROW(runner.release(memory), Fault);
}

}  // namespace
}  // namespace sca::kernels::cuda::test
