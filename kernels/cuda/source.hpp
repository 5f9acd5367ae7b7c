#pragma once

// What every kernel's source (.cuh) includes first: CUDA as nvcc has it, or its spellings on fibers.
//
// Of one text two programs are made, so that a kernel
//   declares shared memory as `__shared__ SharedArray<T, N> name;` (an array on the device; checked on the
//   host), or asks for shared_memory<T>(), never as plain arrays, which nothing on the host would fill, guard
//   or watch; calls every collective under one name and mask where all of the block, or all lanes of the
//   mask, come by; says nothing that the two sides do not share (fiber/cuda.hpp tells what there is).

#if defined(__CUDACC__)

#include <cuda_bf16.h>
#include <cuda_fp16.h>

namespace sca::kernels::cuda {

/// N numbers of T in shared memory, after __shared__. Nothing in them may be read before it is written.
template <class T, int N>
using SharedArray = T[N];

extern __shared__ __align__(16) unsigned char dynamic_shared_memory[];

/// What the launch asked for with shared_bytes, aligned to 16.
template <class T>
__device__ inline T* shared_memory() {
  return reinterpret_cast<T*>(dynamic_shared_memory);
}

/// Sixteen bytes at once.
template <class T>
__device__ inline T load_vector(const void* from) {
  return *static_cast<const T*>(from);
}
/// An assignment comes out as a store of each number.
template <class T>
__device__ inline void store_vector(const T& vector, void* to) {
  __stwb(static_cast<uint4*>(to), __builtin_bit_cast(uint4, vector));
}

}  // namespace sca::kernels::cuda

#else

#include "kernels/cuda/fiber/cuda.hpp"

#endif
