#include "experiments/probe/identity.hpp"

#include <gtest/gtest.h>

#include "tests/experiments/probe/made_network.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::judge::Verdict;

class IdentityOf : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Identity, IdentityOf, testing::Values("released", "paper"));

TEST_P(IdentityOf, HoldsWithinItsBound) {
  const MadeNetwork made(GetParam());
  for (const std::size_t i : {0U, 1U, 3U}) {
    const auto outcome =
        state_identity(made.network, made.config.layer, made.dialect, i, made.trace.hidden[i]);
    EXPECT_EQ(outcome.verdict, Verdict::pass) << outcome.what;
    EXPECT_EQ(outcome.tensors, 3U);
    EXPECT_LT(outcome.clearance, 1);
    EXPECT_GT(outcome.clearance, 0);  // float32 rounds somewhere
  }
}

// The state of another layer than the one that was asked for: no key in it, another phase.
TEST(Identity, FailsForAnotherSum) {
  const MadeNetwork made("released");
  reference::Dialect plain = made.dialect;
  plain.summary = reference::Dialect::Summary::plain;
  EXPECT_EQ(state_identity(made.network, made.config.layer, plain, 0, made.trace.hidden[0]).verdict,
            Verdict::fail);
  reference::Dialect joint = made.dialect;
  joint.phase = reference::Dialect::Phase::inner_product;
  EXPECT_EQ(state_identity(made.network, made.config.layer, joint, 0, made.trace.hidden[0]).verdict,
            Verdict::fail);
}

int (*plain_forward)(const sca_core_forward*) = nullptr;

/// Leaves one number of the state a little off, by 2^-16 of itself.
int slightly_off(const sca_core_forward* call) {
  const int refusal = plain_forward(call);
  if (refusal == 0 && call->state != nullptr && call->in.shape.L > 0)
    static_cast<float*>(call->state->im)[0] *= 1 + 0x1p-16F;
  return refusal;
}

TEST(Identity, FailsForACoreThatIsSlightlyOff) {
  const MadeNetwork made("released");
  kernels::Implementation<float> by = plain_implementation();
  sca_core_kernel wrong = *by.core;
  plain_forward = wrong.forward;
  wrong.forward = slightly_off;
  by.core = &wrong;
  kernels::Network<float> network(made.network.sizes(), made.network.rules(), by);
  fill_parameters(network);
  const auto outcome = state_identity(network, made.config.layer, made.dialect, 0, made.trace.hidden[0]);
  EXPECT_EQ(outcome.verdict, Verdict::fail);
  EXPECT_NE(outcome.what.find("Im Z S[0, 0, 0, 0]"), std::string::npos) << outcome.what;
}

}  // namespace
}  // namespace sca::experiments::ablation
