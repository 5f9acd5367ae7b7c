#pragma once

// CUDA's spellings for a host compiler, which knows nothing of CUDA's headers: every thread of a block is a
// fiber (runner.hpp), and what threads do together is a call of the scheduler. Offered is what is the same on
// both sides: no approximations (__expf, __fdividef), whose error only the device has, and no __activemask,
// whose value is nobody's to promise.

#include "kernels/cuda/fiber/atomics.hpp"
#include "kernels/cuda/fiber/collectives.hpp"
#include "kernels/cuda/fiber/mathematics.hpp"
#include "kernels/cuda/fiber/position.hpp"
#include "kernels/cuda/fiber/shared_array.hpp"
#include "kernels/cuda/fiber/small_floats.hpp"
#include "kernels/cuda/fiber/vectors.hpp"

#define __global__
#define __device__
#define __host__
// One grid runs on one OS thread; another may run another grid of the same kernel meanwhile.
#define __shared__ static thread_local
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __grid_constant__
#define __align__(bytes) __attribute__((aligned(bytes)))

// To the device's compiler a promise; whoever breaks it has undefined behaviour there, and a Fault here.
#define __builtin_assume(...) \
  (::sca::kernels::cuda::fiber::assume(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__))
