#pragma once

#include "kernels/cuda/host/runners.hpp"
#include "kernels/operators/operators.hpp"

namespace sca::kernels::cuda {

// The operators' calls on host memory: copied to a runner, launched there, copied back.
// errors   Fault
void run_on(Runner& runner, const NormForward<float>& call);
void run_on(Runner& runner, const NormBackward<float>& call);
void run_on(Runner& runner, const GatedNormForward<float>& call);
void run_on(Runner& runner, const GatedNormBackward<float>& call);
void run_on(Runner& runner, const MixForward<float>& call);
void run_on(Runner& runner, const MixBackward<float>& call);
void run_on(Runner& runner, const SwigluForward<float>& call);
void run_on(Runner& runner, const SwigluBackward<float>& call);

/// What the operators' kernels promise.
extern const sca_arithmetic operators_arithmetic;

template <class Call>
std::uint64_t sizes_of(const Call& call) {
  if constexpr (requires { call.ck; })
    return static_cast<std::uint64_t>(call.B + 3 * call.L + 5 * call.C + 7 * call.ck);
  else
    return static_cast<std::uint64_t>(call.rows + 3 * call.width);
}

template <RunnerOf runner, class Call>
void on(const Call& call) {
  run_on(runner(sizes_of(call)), call);
}

/// The layer's operators that there are CUDA kernels for, by the contract of kernels/operators/operators.hpp,
/// on host memory; the others are null.
template <RunnerOf runner>
constexpr Operators<float> operators(const char* name) {
  Operators<float> all{};
  all.name = name;
  all.arithmetic = &operators_arithmetic;
  all.mix = on<runner>;
  all.mix_backward = on<runner>;
  all.gated_norm = on<runner>;
  all.gated_norm_backward = on<runner>;
  all.norm = on<runner>;
  all.norm_backward = on<runner>;
  all.swiglu = on<runner>;
  all.swiglu_backward = on<runner>;
  return all;
}

}  // namespace sca::kernels::cuda
