#include "evidence/kernels/accuracy.hpp"

#include <gtest/gtest.h>

#include "reference/multiprecision.hpp"
#include "tests/evidence/kernels_planted.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;

CoreCase of_length(int L) {
  return parse_core_case("core released B=2 L=" + std::to_string(L) +
                         " K=2 Kq=1 M=1 H=2 anchors=0 maxlen=4 regime=uniform seed=1");
}

/// Starts every sequence with a weight, as if a token stood before it.
int starts_with_a_weight(const sca_core_forward* call) {
  if (call->state != nullptr && call->state->position == 0) static_cast<float*>(call->state->weight)[1] = 1;
  return test::plain().forward(call);
}

TEST(Accuracy, WithoutTokensTheStateStaysEmpty) {
  const reference::DigitsScope digits(34);
  Oracle oracle;
  sca_core_kernel wrong = test::plain();
  wrong.forward = starts_with_a_weight;
  for (const int L : {0, 3}) {
    EXPECT_EQ(forward_is_accurate(test::plain(), of_length(L), oracle).verdict, Verdict::pass) << L;
    const Outcome found = forward_is_accurate(wrong, of_length(L), oracle);
    EXPECT_EQ(found.verdict, Verdict::fail) << L;
    EXPECT_TRUE(L > 0 || found.what.starts_with("Z[0, 1]: expected 0x0p+0")) << found.what;
  }
}

}  // namespace
}  // namespace sca::evidence::kernels
