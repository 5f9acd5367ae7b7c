#include <array>

#include "evidence/kernels/accuracy.hpp"
#include "evidence/kernels/invariance.hpp"

namespace sca::evidence::kernels {
namespace {

constexpr std::array all{
    Property{"forward", "outputs and the last state within their bounds", SCA_FORWARD, forward_is_accurate},
    Property{"step", "token by token: outputs and the last state within their bounds", SCA_STEP,
             step_is_accurate},
    Property{"resumed", "in pieces, from a kept state: within the same bounds", SCA_FORWARD,
             resumed_is_accurate},
    Property{"backward", "every gradient within its bound", SCA_BACKWARD, backward_is_accurate},
    Property{"calls",
             "strides, alignment, threads, the workspace's content change no bit; nothing else is written",
             SCA_FORWARD, calls_agree},
    Property{"backward-calls", "the same of gradients", SCA_BACKWARD, backward_calls_agree},
    Property{"causal", "later tokens change no earlier bit", SCA_FORWARD, later_tokens_change_nothing},
    Property{"batch", "a sequence's bits do not depend on its neighbours", SCA_FORWARD,
             sequences_are_independent},
    Property{"grouped", "a query head repeated for its memory heads changes no bit", SCA_FORWARD,
             query_heads_may_be_repeated},
    Property{"nan", "a NaN stays in its head and after its token", SCA_FORWARD, nan_stays_where_it_belongs},
};

}  // namespace

std::span<const Property> properties() { return all; }

bool has(const sca_core_kernel& kernel, sca_operation operation) {
  switch (operation) {
    case SCA_FORWARD: return kernel.forward != nullptr;
    case SCA_STEP: return kernel.step != nullptr;
    case SCA_BACKWARD: return kernel.backward != nullptr;
  }
  return false;
}

Outcome check(const Property& property, const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle) {
  if (has(kernel, property.operation)) return property.check(kernel, one, oracle);
  return {.verdict = judge::Verdict::skipped, .what = "the kernel has no such function"};
}

}  // namespace sca::evidence::kernels
