// Kernels with one mistake each are found out without any sanitizer, in every order.
#include "tests/kernels/cuda/fiber/planted.cuh"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/kernels/cuda/fiber/device.hpp"

namespace sca::kernels::cuda::test {
namespace {

using fiber::Order;

constexpr Order orders[] = {Order::forward, Order::reverse, Order::shuffled};

constexpr HostKernel mistakes[] = {
    {"two_barriers", host_body<two_barriers>},
    {"barrier_after_exit", host_body<barrier_after_exit>},
    {"shuffle_after_exit", host_body<shuffle_after_exit>},
    {"shuffle_from_outside", host_body<shuffle_from_outside>},
    {"not_in_own_mask", host_body<not_in_own_mask>},
    {"two_shuffles", host_body<two_shuffles>},
    {"two_masks", host_body<two_masks>},
    {"shuffle_against_barrier", host_body<shuffle_against_barrier>},
    {"shuffles_in_a_circle", host_body<shuffles_in_a_circle>},
    {"wide_shuffle", host_body<wide_shuffle>},
    {"far_shuffle", host_body<far_shuffle>},
    {"index_outside", host_body<index_outside>},
    {"pointer_outside", host_body<pointer_outside>},
    {"dynamic_outside", host_body<dynamic_outside>},
    {"write_outside", host_body<write_outside>},
    {"two_large_arrays", host_body<two_large_arrays>},
    {"wrong_assumption", host_body<wrong_assumption>},
    {"uninitialised", host_body<uninitialised>},
    {"left_over", host_body<left_over>},
    {"missing_barrier", host_body<missing_barrier>},
    {"warp_synchronous", host_body<warp_synchronous>},
    {"misaligned", host_body<misaligned>},
    {"misaligned_store", host_body<misaligned_store>},
};

struct Case {
  const char* kernel;
  int n;
  const char* message;  // a part of it
  unsigned threads = 64;
  std::size_t shared_bytes = 0;
};

// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest's
void PrintTo(const Case& one, std::ostream* out) { *out << one.kernel; }

/// What the launch says, or nothing; it leaves a runner that can be used.
std::string fault_of(FiberRunner& runner, const Case& one) {
  Numbers<float> x(runner, 64, "x");
  Numbers<float> y(runner, 64, "y");
  x.set(sample);
  try {
    launch(runner, one.kernel, {2}, one.threads, Planted{x.data(), y.data(), one.n}, one.shared_bytes);
  } catch (const Fault& fault) {
    return fault.what();
  }
  return {};
}

class FiberPlanted : public testing::TestWithParam<Case> {};

TEST_P(FiberPlanted, is_a_fault_in_every_order) {
  FiberRunner runner(mistakes);
  for (const Order threads : orders)
    for (const Order blocks : orders) {
      runner.set_schedule({threads, blocks, 5});
      const std::string fault = fault_of(runner, GetParam());
      EXPECT_NE(fault.find(GetParam().message), std::string::npos) << fault;
      EXPECT_EQ(fault.rfind(std::string("kernel ") + GetParam().kernel + ": ", 0), 0U) << fault;
    }
}

constexpr Case collectives[] = {
    {"two_barriers", 30, "divergent __syncthreads: of block ("},
    {"barrier_after_exit", 50, "has exited"},
    {"shuffle_after_exit", 40, "planted.cuh:"},
    {"shuffle_from_outside", 16, "a shuffle reads a lane that is not in the mask", 32},
    {"not_in_own_mask", 16, "the lane that calls is not in its own mask", 32},
    {"two_shuffles", 7, "is at another collective, planted.cuh:", 32},
    {"two_masks", 20, "is at another collective, planted.cuh:", 32},
    {"shuffle_against_barrier", 9, "waits at __syncthreads, planted.cuh:"},
    {"shuffles_in_a_circle", 3, "is at another collective"},
    {"shuffle_after_exit", 40, "is beyond the block", 40},
    {"wide_shuffle", 12, "a shuffle's width must be a power of two up to 32"},
    {"far_shuffle", 32, "a shuffle by more than 31 lanes"},
};
INSTANTIATE_TEST_SUITE_P(collectives, FiberPlanted, testing::ValuesIn(collectives));

constexpr Case values[] = {
    {"index_outside", 1, "index 32 of a shared array of 32", 32},
    {"index_outside", -1, "index -1 of a shared array of 32", 32},
    {"two_large_arrays", 0, "too much shared memory"},
    {"wrong_assumption", 0, "the assumption p.x[threadIdx.x] >= 0 does not hold"},
};
INSTANTIATE_TEST_SUITE_P(values, FiberPlanted, testing::ValuesIn(values));

// AddressSanitizer ends the program, before a fault could: sanitized/ has its tests.
#if !defined(SCA_SANITIZED)
constexpr Case memory[] = {
    {"pointer_outside", 33, "outside of the 132 bytes of shared memory ["},
    {"pointer_outside", -1, "outside of the 132 bytes of shared memory ["},
    {"pointer_outside", 33 + 63, "outside of the 132 bytes of shared memory ["},
    {"dynamic_outside", 25, "outside of the 100 bytes of shared memory [dynamic]", 64, 100},
    {"dynamic_outside", -1, "outside of the 100 bytes of shared memory [dynamic]", 64, 100},
    {"write_outside", 64, "outside of the 256 bytes of 'y'"},
    {"write_outside", -1, "outside of the 256 bytes of 'y'"},
    {"misaligned", 1, "a vector of 16 bytes at an address that is no multiple of them"},
    {"misaligned_store", 2, "a vector of 16 bytes at an address that is no multiple of them"},
    {"write_outside", 1000, "outside of the 256 bytes of 'y'"},
};
INSTANTIATE_TEST_SUITE_P(memory, FiberPlanted, testing::ValuesIn(memory));

/// What a kernel makes of 64 or 32 numbers in some order.
std::vector<float> results(const char* kernel, Order order, unsigned threads) {
  FiberRunner runner(mistakes, {order, Order::forward, 1});
  Numbers<float> x(runner, 64, "x");
  Numbers<float> y(runner, 64, "y");
  x.set(sample);
  launch(runner, kernel, {1}, threads, Planted{x.data(), y.data(), 0});
  std::vector<float> all;
  for (unsigned i = 0; i < threads; ++i) all.push_back(y[static_cast<int>(i)]);
  return all;
}

TEST(fiber_planted, reading_what_was_not_written_gives_nan) {
  for (const Order order : orders)
    for (const float y : results("uninitialised", order, 32)) EXPECT_TRUE(std::isnan(y));
}

TEST(fiber_planted, nothing_is_left_of_the_block_before) {
  FiberRunner runner(mistakes);
  Numbers<float> y(runner, 32, "y");
  launch(runner, "left_over", {2}, 32, Planted{nullptr, y.data(), 0}, 128);
  for (int i = 0; i < 32; ++i) EXPECT_TRUE(std::isnan(y[i]));
}

TEST(fiber_planted, a_missing_barrier_shows_in_some_order) {
  const auto wrong = [](const char* kernel, Order order, unsigned threads, auto expected) {
    int count = 0;
    const std::vector<float> all = results(kernel, order, threads);
    for (unsigned i = 0; i < threads; ++i) count += all[i] == expected(static_cast<int>(i)) ? 0 : 1;
    return count;
  };
  const auto left = [](int i) { return i == 0 ? 0.0F : sample(i - 1); };
  EXPECT_EQ(wrong("missing_barrier", Order::forward, 64, left), 0);
  EXPECT_EQ(wrong("missing_barrier", Order::reverse, 64, left), 63);
  EXPECT_GT(wrong("missing_barrier", Order::shuffled, 64, left), 10);
  const auto opposite = [](int i) { return sample(31 - i); };
  for (const Order order : orders) EXPECT_GT(wrong("warp_synchronous", order, 32, opposite), 10);
}
#endif

}  // namespace
}  // namespace sca::kernels::cuda::test
