#pragma once

// Kernels with one mistake each.

#include "kernels/cuda/source.hpp"

// NOLINTBEGIN(bugprone-branch-clone): one of the mistakes

namespace sca::kernels::cuda::test {

/// n and the memory that the mistake is made with.
struct Planted {
  const float* x;
  float* y;
  int n;
};

__global__ inline void two_barriers(const Planted p) {
  if (static_cast<int>(threadIdx.x) < p.n)
    __syncthreads();
  else
    __syncthreads();
}

__global__ inline void barrier_after_exit(const Planted p) {
  if (static_cast<int>(threadIdx.x) >= p.n) return;
  __syncthreads();
}

__global__ inline void shuffle_after_exit(const Planted p) {
  const int t = static_cast<int>(threadIdx.x);
  if (t >= p.n) return;
  p.y[t] = __shfl_down_sync(0xffffffffU, p.x[t], 1);
}

__global__ inline void shuffle_from_outside(const Planted p) {
  const unsigned mask = (1U << p.n) - 1;
  if (static_cast<int>(threadIdx.x) < p.n) p.y[threadIdx.x] = __shfl_down_sync(mask, p.x[threadIdx.x], 1);
}

__global__ inline void not_in_own_mask(const Planted p) {
  p.y[threadIdx.x] = static_cast<float>(__ballot_sync((1U << p.n) - 1, 1));
}

__global__ inline void two_shuffles(const Planted p) {
  const int t = static_cast<int>(threadIdx.x);
  if (t < p.n)
    p.y[t] = __shfl_xor_sync(0xffffffffU, p.x[t], 1);
  else
    p.y[t] = __shfl_xor_sync(0xffffffffU, p.x[t], 1);
}

__global__ inline void two_masks(const Planted p) {
  const int t = static_cast<int>(threadIdx.x);
  p.y[t] = __shfl_sync(t < p.n ? 0xffffffffU : 0xffff0000U, p.x[t], t);
}

__global__ inline void shuffle_against_barrier(const Planted p) {
  if (static_cast<int>(threadIdx.x) < p.n)
    __syncwarp();
  else
    __syncthreads();
}

/// The mask has lanes that wait for others in turn.
__global__ inline void shuffles_in_a_circle(const Planted p) {
  const unsigned t = threadIdx.x;
  if (static_cast<int>(t) < p.n) __syncwarp(1U << t | 1U << (t + 1) % static_cast<unsigned>(p.n));
}

__global__ inline void wide_shuffle(const Planted p) {
  p.y[threadIdx.x] = __shfl_sync(0xffffffffU, p.x[threadIdx.x], 0, p.n);
}

__global__ inline void far_shuffle(const Planted p) {
  p.y[threadIdx.x] = __shfl_up_sync(0xffffffffU, p.x[threadIdx.x], static_cast<unsigned>(p.n));
}

__global__ inline void index_outside(const Planted p) {
  __shared__ SharedArray<float, 32> all;
  all[static_cast<int>(threadIdx.x) + p.n] = 1;
}

__global__ inline void pointer_outside(const Planted p) {
  __shared__ SharedArray<float, 33> all;
  float* some = all;
  if (threadIdx.x == 0) some[p.n] = 1;
}

__global__ inline void dynamic_outside(const Planted p) {
  if (threadIdx.x == 0) shared_memory<float>()[p.n] = 1;
}

__global__ inline void write_outside(const Planted p) { p.y[p.n] = 1; }

__global__ inline void two_large_arrays(const Planted p) {
  __shared__ SharedArray<float, 8192> first;
  __shared__ SharedArray<float, 8192> second;
  first[0] = second[0] = p.x[0];
}

__global__ inline void wrong_assumption(const Planted p) {
  __builtin_assume(p.x[threadIdx.x] >= 0);
  p.y[threadIdx.x] = p.x[threadIdx.x];
}

/// A sum that begins with what was there.
__global__ inline void uninitialised(const Planted p) {
  __shared__ SharedArray<float, 32> sums;
  const unsigned t = threadIdx.x;
  sums[t] += p.x[t];
  p.y[t] = sums[t];
}

/// The second block reads what the first wrote.
__global__ inline void left_over(const Planted p) {
  __shared__ SharedArray<float, 32> all;
  float* dynamic = shared_memory<float>();
  const unsigned t = threadIdx.x;
  if (blockIdx.x == 0)
    all[t] = dynamic[t] = 1;
  else
    p.y[t] = t % 2 == 0 ? all[t] : dynamic[t];
}

/// Each reads what its neighbour to the left wrote.
__global__ inline void missing_barrier(const Planted p) {
  __shared__ SharedArray<float, 64> all;
  const unsigned t = threadIdx.x;
  all[t] = p.x[t];
  p.y[t] = t == 0 ? 0.0F : all[t - 1];
}

/// Lanes of a warp go as they like, and only a shuffle is between.
__global__ inline void warp_synchronous(const Planted p) {
  __shared__ SharedArray<float, 32> all;
  const unsigned t = threadIdx.x;
  all[t] = p.x[t];
  p.y[t] = all[31 - t];
}

/// Blocks that add to one number.
__global__ inline void blocks_race(const Planted p) {
  if (threadIdx.x == 0) p.y[0] += p.x[blockIdx.x];
}

/// 16 bytes from where a float is.
__global__ inline void misaligned(const Planted p) {
  const float4 four = *reinterpret_cast<const float4*>(p.x + p.n);
  p.y[threadIdx.x] = four.x + four.w;
}

__global__ inline void misaligned_store(const Planted p) {
  *reinterpret_cast<float4*>(p.y + p.n) = make_float4(1, 2, 3, 4);
}

}  // namespace sca::kernels::cuda::test

// NOLINTEND(bugprone-branch-clone)
