#pragma once

#include "kernels/cuda/host/runners.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// The core operator's calls on host memory: copied to a runner, launched there, copied back. The call's own
/// workspace is not used.
/// errors   Fault
int forward_on(Runner& runner, const sca_core_forward& call, sca_dtype dtype);
int backward_on(Runner& runner, const sca_core_backward& call, sca_dtype dtype);

/// What the core's kernels promise.
extern const sca_arithmetic core_arithmetic;

inline std::uint64_t sizes_of(const sca_core_shape& s) {
  return static_cast<std::uint64_t>(s.B + 3 * s.L + 5 * s.K + 7 * s.H + 11 * s.M);
}

template <RunnerOf runner, sca_dtype dtype>
int core_forward(const sca_core_forward* call) {
  return forward_on(runner(sizes_of(call->in.shape)), *call, dtype);
}
template <RunnerOf runner, sca_dtype dtype>
int core_backward(const sca_core_backward* call) {
  return backward_on(runner(sizes_of(call->in.shape)), *call, dtype);
}

/// The core's kernels by the contract of kernels/plugin.h, on host memory.
template <RunnerOf runner, sca_dtype dtype>
constexpr sca_core_kernel core_kernel(const char* name) {
  return {name,
          dtype,
          &core_arithmetic,
          nullptr,
          core_forward<runner, dtype>,
          core_forward<runner, dtype>,
          core_backward<runner, dtype>};
}

}  // namespace sca::kernels::cuda
