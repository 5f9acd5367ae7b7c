#include <array>

#include "evidence/kernels/accuracy.hpp"
#include "evidence/kernels/invariance.hpp"
#include "evidence/kernels/network_properties.hpp"
#include "evidence/kernels/operator_properties.hpp"
#include "evidence/operators/presence.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::evidence::kernels {
namespace {

Outcome checked(const Property& property, const Kernel& kernel, const Case& one, Oracle& oracle) {
  if (const auto* of_core = std::get_if<Property::OfCore>(&property.check))
    return (*of_core)(*std::get<const sca_core_kernel*>(kernel), std::get<CoreCase>(one), oracle);
  const auto& sized = std::get<operators::OperatorCase>(one);
  if (const auto* of_network = std::get_if<Property::OfNetwork>(&property.check))
    return (*of_network)(std::get<NetworkKernel>(kernel), sized, oracle);
  return std::get<Property::OfOperator>(property.check)(std::get<OperatorKernel>(kernel), sized, oracle);
}

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
    Property{"forward", "of an operator: every result within its bound", SCA_FORWARD, operator_is_accurate},
    Property{"backward", "of an operator: every gradient within its bound", SCA_BACKWARD,
             operator_gradients_are_accurate},
    Property{"calls", "of an operator: alignment, threads change no bit; nothing else is read or written",
             SCA_FORWARD, operator_calls_agree},
    Property{"backward-calls", "of an operator: the same of gradients", SCA_BACKWARD,
             operator_backward_calls_agree},
    Property{"nan", "of an operator: a NaN reaches what the formula hands it to, and nothing else",
             SCA_FORWARD, operator_hands_nan_on},
    Property{"directions", "of an operator: gradients along a direction, against a difference of values",
             SCA_BACKWARD, operator_gradients_agree_with_differences},
    Property{"forward", "of a network: logits within their bounds", SCA_FORWARD, network_is_accurate},
    Property{"step", "of a network: decoding token by token, after a prefill, in pieces: within their bounds",
             SCA_STEP, network_steps_are_accurate},
    Property{"backward", "of a network: every parameter's gradient within its bound", SCA_BACKWARD,
             network_gradients_are_accurate},
    Property{"directions", "of a network: gradients along a direction, against a difference of values",
             SCA_BACKWARD, network_gradients_agree_with_differences},
    Property{"calls", "of a network: calls before, other parameters before, threads change no bit",
             SCA_BACKWARD, network_calls_agree},
};

}  // namespace

std::span<const Property> properties() { return all; }

sca_dtype dtype_of(const Kernel& kernel) {
  if (const auto* core = std::get_if<const sca_core_kernel*>(&kernel)) return (*core)->dtype;
  if (const auto* one = std::get_if<OperatorKernel>(&kernel))
    return std::visit([](const auto* table) { return table->storage; }, one->table);
  return SCA_F64;
}

bool has(const sca_core_kernel& kernel, sca_operation operation) {
  switch (operation) {
    case SCA_FORWARD: return kernel.forward != nullptr;
    case SCA_STEP: return kernel.step != nullptr;
    case SCA_BACKWARD: return kernel.backward != nullptr;
  }
  return false;
}

bool has(const OperatorKernel& kernel, bool backward) {
  if (backward && kernel.definition->backward_f32 == nullptr) return false;
  return std::visit(
      [&](const auto* table) { return operators::is_there(*table, kernel.definition->name, backward); },
      kernel.table);
}

bool has(const Kernel& kernel, const Property& property) {
  if (property.check.index() != kernel.index()) return false;
  if (const auto* core = std::get_if<const sca_core_kernel*>(&kernel)) return has(**core, property.operation);
  const auto* one = std::get_if<OperatorKernel>(&kernel);
  return one == nullptr || has(*one, property.operation == SCA_BACKWARD);
}

Outcome check(const Property& property, const Kernel& kernel, const Case& one, Oracle& oracle) {
  if (!has(kernel, property))
    return {.verdict = judge::Verdict::skipped, .what = "the kernel has no such function"};
  try {
    return checked(property, kernel, one, oracle);
  } catch (const sca::kernels::cuda::Fault& fault) {
    return {.verdict = judge::Verdict::fail, .what = fault.what()};
  }
}

}  // namespace sca::evidence::kernels
