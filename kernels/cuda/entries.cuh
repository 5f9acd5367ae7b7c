#pragma once

#include "kernels/cuda/core/entries.cuh"
#include "kernels/cuda/operators/entries.cuh"

// Every kernel, under the name by which it is launched.
#define SCA_CUDA_ENTRIES(ENTRY) \
  SCA_CUDA_CORE_ENTRIES(ENTRY)  \
  SCA_CUDA_OPERATOR_ENTRIES(ENTRY)

namespace sca::kernels::cuda {

/// Threads of a block of the kernels that take such an argument, at most.
template <class Argument>
constexpr int most_threads() {
  if constexpr (requires { Argument::most_threads; })
    return Argument::most_threads;
  else
    return core_threads;
}

// At least one block a multiprocessor: told nothing, ptxas would rather spill than have one less.
#define SCA_CUDA_DEFINE(name, function, Argument)                           \
  extern "C" __global__ void __launch_bounds__(most_threads<Argument>(), 1) \
      name(const __grid_constant__ Argument a) {                            \
    function(a);                                                            \
  }
SCA_CUDA_ENTRIES(SCA_CUDA_DEFINE)
#undef SCA_CUDA_DEFINE

}  // namespace sca::kernels::cuda
