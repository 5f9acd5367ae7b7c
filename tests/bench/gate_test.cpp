// A number is printed only for a kernel that passes its check.

#include "bench/gate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "bench/runner.hpp"
#include "evidence/input/error.hpp"
#include "kernels/registry.hpp"

namespace {

using namespace sca::bench;
using sca::evidence::judge::Verdict;

constexpr sca_core_shape shape{1, 40, 4, 4, 5, 2};

const sca_core_kernel& serial() {
  const auto all = sca::kernels::core_kernels();
  return **std::ranges::find_if(all, [](const auto* k) { return std::strcmp(k->name, "f32/serial") == 0; });
}

/// The plain kernel, but the last output of the last token is off by one part in a thousand.
int slightly_wrong(const sca_core_forward* call) {
  const int status = serial().forward(call);
  const sca_core_shape& s = call->in.shape;
  if (status != 0 || s.B * s.L == 0) return status;
  auto* row = static_cast<float*>(call->output.data) + (s.B - 1) * call->output.sequence_stride +
              (s.L - 1) * call->output.token_stride;
  row[2 * s.K * s.H - 1] *= 1.001F;
  return status;
}

int refusing(const sca_core_forward*) { return 1; }

/// Right where it is checked, but it does not do longer sequences.
int short_only(const sca_core_forward* call) { return call->in.shape.L > 2000 ? 1 : serial().forward(call); }

sca_core_kernel with_forward(const char* name, int (*forward)(const sca_core_forward*)) {
  sca_core_kernel kernel = serial();
  kernel.name = name;
  kernel.forward = forward;
  return kernel;
}

std::vector<Measurement> timed(const sca_core_kernel& kernel, const sca_core_shape& at) {
  std::vector<Measurement> found;
  const Plan plan{{{Operation::forward, &kernel}}, {at}, {1}, 0.01, 5};
  run(plan, {[&](const Measurement& one) { found.push_back(one); }, [](auto, auto, auto&) {}});
  return found;
}

TEST(Gate, AdmitsThePlainKernelsWithTheirClearance) {
  Gate gate;
  for (const Operation operation : operations) {
    const Admission found = gate.admit(operation, serial(), shape);
    EXPECT_TRUE(found.is_granted()) << found.what;
    EXPECT_GT(found.clearance, 0);
    EXPECT_LE(found.clearance, 1);
  }
}

TEST(Gate, RefusesAKernelThatIsSlightlyWrong) {
  const sca_core_kernel wrong = with_forward("f32/wrong", slightly_wrong);
  Gate gate;
  EXPECT_EQ(gate.admit(Operation::forward, wrong, shape).verdict, Verdict::fail);
  EXPECT_EQ(gate.admit(Operation::training, wrong, shape).verdict, Verdict::fail);
  EXPECT_TRUE(gate.admit(Operation::backward, wrong, shape).is_granted());
}

TEST(Gate, AKernelThatDoesNothingIsSkipped) {
  Gate gate;
  EXPECT_EQ(gate.admit(Operation::forward, with_forward("f32/none", refusing), shape).verdict,
            Verdict::skipped);
}

TEST(Runner, OnlyWhatPassesGetsATime) {
  const auto good = timed(serial(), shape);
  ASSERT_EQ(good.size(), 1U);
  EXPECT_EQ(good[0].verdict, "pass");
  EXPECT_EQ(good[0].samples.size(), 5U);
  EXPECT_GT(good[0].of_floor(), 0);
  const auto wrong = timed(with_forward("f32/wrong", slightly_wrong), shape);
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_EQ(wrong[0].verdict, "fail");
  EXPECT_FALSE(wrong[0].is_timed());
  EXPECT_NE(wrong[0].remark.find("output"), std::string::npos) << wrong[0].remark;
}

TEST(Runner, AShapeThatAKernelDoesNotDoIsSkipped) {
  const auto found = timed(with_forward("f32/short", short_only), {1, 2001, 1, 1, 2, 1});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].verdict, "skipped");
}

TEST(Runner, WhatDoesNotFitIntoMemoryIsRefusedBeforehand) {
  EXPECT_THROW(timed(serial(), {1 << 20, 1 << 20, 16, 16, 64, 2}), sca::evidence::InputError);
}

}  // namespace
