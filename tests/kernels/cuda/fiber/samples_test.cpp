// Kernels that are right give the same in every order of threads and blocks.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/kernels/cuda/fiber/expectations.hpp"

namespace sca::kernels::cuda::test {
namespace {

using fiber::Order;

TEST(fiber_samples, are_right_in_every_order) {
  FiberRunner runner(samples);
  for (const Order threads : {Order::forward, Order::reverse, Order::shuffled})
    for (const Order blocks : {Order::forward, Order::reverse, Order::shuffled})
      for (const std::uint64_t seed : {1U, 2U, 3U}) {
        runner.set_schedule({threads, blocks, seed});
        EXPECT_EQ(wrong_samples(runner), 0);
      }
  const fiber::Statistics& all = runner.statistics();
  EXPECT_GT(all.barriers, 0U);
  EXPECT_GT(all.warp_collectives, all.blocks);
  EXPECT_GT(all.switches, all.threads);
}

TEST(fiber_samples, run_on_several_threads_at_once) {
  std::vector<int> wrong(4, -1);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < wrong.size(); ++i)
    threads.emplace_back([&wrong, i] {
      FiberRunner runner(samples, {Order::shuffled, Order::shuffled, i});
      wrong[i] = wrong_samples(runner) + wrong_samples(runner);
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(fiber_samples, a_runner_may_move_to_another_thread) {
  FiberRunner runner(samples);
  FiberRunner other(samples);
  EXPECT_EQ(wrong_samples(runner), 0);
  int wrong = -1;
  std::thread([&] { wrong = wrong_samples(runner); }).join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(wrong_samples(runner) + wrong_samples(other) + wrong_samples(runner), 0);
}

TEST(fiber_samples, threads_that_never_wait_cost_no_switch) {
#if defined(SCA_SANITIZED)
  GTEST_SKIP() << "to ThreadSanitizer a fiber is one thread";
#endif
  FiberRunner runner(samples);
  EXPECT_EQ(wrong_doubles(runner, 5, 64), 0);
  EXPECT_EQ(runner.statistics().threads, 5U * 64U + 30U * 11U);
  EXPECT_EQ(runner.statistics().switches, 5U + 30U);
}

}  // namespace
}  // namespace sca::kernels::cuda::test
