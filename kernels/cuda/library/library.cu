// CUDA's own elementary functions, each alone in a kernel. Ours call none of them; kernels of others do, and
// what those may declare as their arithmetic is measured on this (evidence/cuda/library.hpp).
#include "kernels/cuda/library/arguments.hpp"

#define SCA_LIBRARY_KERNEL(name, function)                                                          \
  extern "C" __global__ void name(const __grid_constant__ sca::kernels::cuda::LibraryArguments a) { \
    const auto i = static_cast<std::int32_t>(blockIdx.x * blockDim.x + threadIdx.x);                \
    if (i < a.count) a.y[i] = function(a.x[i]);                                                     \
  }

SCA_LIBRARY_KERNEL(library_sinf, sinf)
SCA_LIBRARY_KERNEL(library_cosf, cosf)
SCA_LIBRARY_KERNEL(library_expf, expf)
SCA_LIBRARY_KERNEL(library_log1pf, log1pf)

// What -use_fast_math makes of them.
SCA_LIBRARY_KERNEL(library_fast_sinf, __sinf)
SCA_LIBRARY_KERNEL(library_fast_cosf, __cosf)
SCA_LIBRARY_KERNEL(library_fast_expf, __expf)
