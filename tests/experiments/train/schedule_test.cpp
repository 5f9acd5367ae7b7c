#include "experiments/train/schedule.hpp"

#include <gtest/gtest.h>

namespace sca::experiments::ablation {
namespace {

TEST(Schedule, WarmsUpOverATenth) {
  EXPECT_DOUBLE_EQ(learning_rate(1, 600, 0.003), 0.003 / 60);
  EXPECT_DOUBLE_EQ(learning_rate(30, 600, 0.003), 0.0015);
  EXPECT_DOUBLE_EQ(learning_rate(60, 600, 0.003), 0.003);
}

TEST(Schedule, FallsAsACosineToATenth) {
  EXPECT_DOUBLE_EQ(learning_rate(600, 600, 0.003), 0.0003);
  EXPECT_DOUBLE_EQ(learning_rate(330, 600, 0.003), 0.00165);  // half way: the mean of both ends
  EXPECT_GT(learning_rate(61, 600, 1), learning_rate(62, 600, 1));
}

TEST(Schedule, HoldsForAFewSteps) {
  EXPECT_DOUBLE_EQ(learning_rate(1, 1, 1), 1);
  EXPECT_DOUBLE_EQ(learning_rate(3, 3, 1), 0.1);
}

}  // namespace
}  // namespace sca::experiments::ablation
