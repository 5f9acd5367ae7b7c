// What is timed by which patterns.

#include "bench/selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/input/error.hpp"
#include "kernels/registry.hpp"

namespace {

using namespace sca::bench;

Selection all() { return everything(sca::kernels::core_kernels(), implementations()); }

bool has(const Selection& selection, const std::string& name) {
  const auto names = selection.names();
  return std::ranges::find(names, name) != names.end();
}

TEST(Selection, WithoutAPatternTheCoreAlone) {
  const Selection timed = chosen_to_time(all(), {});
  EXPECT_TRUE(timed.networks.empty());
  EXPECT_EQ(timed.subjects.size(), all().subjects.size());
  EXPECT_TRUE(has(timed, "core_forward/f32/serial"));
}

TEST(Selection, AKernelsOwnNameIsTheCores) {
  const Selection timed = chosen_to_time(all(), {"f32/serial"});
  EXPECT_EQ(timed.subjects.size(), 4U);
  EXPECT_TRUE(timed.networks.empty());
}

TEST(Selection, ThePlainNetworkOnlyByItsName) {
  const std::string plain = "model_decode/f32/serial";
  EXPECT_TRUE(has(chosen(all(), {"model_decode"}), plain));
  EXPECT_FALSE(has(chosen_to_time(all(), {"model_decode"}), plain));
  EXPECT_FALSE(has(chosen_to_time(all(), {"model_*/f32/*"}), plain));
  EXPECT_FALSE(has(chosen_to_time(all(), {"model_decode", "core_*/*/serial"}), plain));
  EXPECT_TRUE(has(chosen_to_time(all(), {plain}), plain));
  EXPECT_TRUE(has(chosen_to_time(all(), {"model_*/*/serial"}), plain));
  for (const auto& by : implementations()) {
    const std::string name = "layer_forward/" + std::string(by.operators->name);
    EXPECT_EQ(has(chosen_to_time(all(), {"layer_forward"}), name), !name.ends_with("serial"));
  }
}

TEST(Selection, WhatNothingFitsIsRefused) {
  EXPECT_THROW(chosen(all(), {"model_sleep"}), sca::evidence::InputError);
  EXPECT_THROW(chosen_to_time(all(), {"core_forward", "layer_forward/f16"}), sca::evidence::InputError);
}

}  // namespace
