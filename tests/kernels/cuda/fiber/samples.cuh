#pragma once

// Small kernels that do one thing each, rightly: of integers, so that every order of sums gives the same.

#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda::test {

/// One row a block.
struct Rows {
  const float* x;
  float* y;
  int columns;
};

/// y = 2 x, on a grid with three axes.
__global__ inline void doubles(const Rows rows) {
  const unsigned block = (blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  const int i = static_cast<int>(block * blockDim.x + threadIdx.x);
  if (i < rows.columns) rows.y[i] = 2 * __ldg(rows.x + i);
}

/// y[i] = x[0] + ... + x[i], through shared memory.
template <int B>
__global__ void __launch_bounds__(B) block_scan(const Rows rows) {
  __shared__ SharedArray<float, 2 * B> sums;
  __shared__ SharedArray<float, 1> carry;
  const int t = static_cast<int>(threadIdx.x);
  const int begin = static_cast<int>(blockIdx.x) * rows.columns;
  if (t == 0) carry[0] = 0;
  for (int base = 0; base < rows.columns; base += B) {
    const int i = base + t;
    sums[t] = i < rows.columns ? rows.x[begin + i] : 0.0F;
    __syncthreads();
    int from = 0;
    for (int distance = 1; distance < B; distance *= 2, from = B - from) {
      sums[B - from + t] = sums[from + t] + (t >= distance ? sums[from + t - distance] : 0.0F);
      __syncthreads();
    }
    const float before = carry[0];
    if (i < rows.columns) rows.y[begin + i] = sums[from + t] + before;
    __syncthreads();
    if (t == B - 1) carry[0] = before + sums[from + t];
    __syncthreads();
  }
}

/// y[i]: the sum of x from the beginning of i's 32 on.
__global__ inline void warp_scan(const Rows rows) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  float sum = i < rows.columns ? rows.x[i] : 0.0F;
  for (unsigned distance = 1; distance < 32; distance *= 2) {
    const float other = __shfl_up_sync(0xffffffffU, sum, distance);
    if ((threadIdx.x & 31U) >= distance) sum += other;
  }
  if (i < rows.columns) rows.y[i] = sum;
}

/// y[row]: the sum of its x, by shuffles and one number a warp.
template <int B>
__global__ void __launch_bounds__(B) block_sum(const Rows rows) {
  __shared__ SharedArray<float, B / 32> of_warps;
  const int t = static_cast<int>(threadIdx.x);
  float sum = 0;
  for (int i = t; i < rows.columns; i += B) sum += rows.x[static_cast<int>(blockIdx.x) * rows.columns + i];
  for (unsigned distance = 16; distance > 0; distance /= 2)
    sum += __shfl_down_sync(0xffffffffU, sum, distance);
  if (t % 32 == 0) of_warps[t / 32] = sum;
  __syncthreads();
  if (t >= 32) return;
  sum = t < B / 32 ? of_warps[t] : 0.0F;
  for (int bits = 16; bits > 0; bits /= 2) sum += __shfl_xor_sync(0xffffffffU, sum, bits);
  if (t == 0) rows.y[blockIdx.x] = sum;
}

/// y: each row backwards, 16 bytes at a time, through dynamic memory of a row.
__global__ inline void reverse(const Rows rows) {
  float* row = shared_memory<float>();
  const int begin = static_cast<int>(blockIdx.x) * rows.columns;
  const int step = static_cast<int>(blockDim.x);
  for (int i = static_cast<int>(threadIdx.x); i < rows.columns / 4; i += step) {
    const float4 four = *reinterpret_cast<const float4*>(rows.x + begin + 4 * i);
    *reinterpret_cast<float4*>(row + rows.columns - 4 * i - 4) = make_float4(four.w, four.z, four.y, four.x);
  }
  __syncthreads();
  for (int i = static_cast<int>(threadIdx.x); i < rows.columns; i += step) rows.y[begin + i] = row[i];
}

/// y[row]: the sum of its x; y[rows]: of all, by the block that comes last.
struct Totals {
  Rows rows;
  int* arrived;
};

template <bool fenced>
__global__ void totals(const Totals all) {
  if (threadIdx.x != 0) return;
  const Rows& rows = all.rows;
  float sum = 0;
  for (int i = 0; i < rows.columns; ++i) sum += rows.x[static_cast<int>(blockIdx.x) * rows.columns + i];
  rows.y[blockIdx.x] = sum;
  if (fenced) __threadfence();
  if (atomicAdd(all.arrived, 1) != static_cast<int>(gridDim.x) - 1) return;
  if (fenced) __threadfence();
  sum = 0;
  for (unsigned row = 0; row < gridDim.x; ++row) sum += rows.y[row];
  rows.y[gridDim.x] = sum;
}

struct Histogram {
  const int* x;
  int count;
  int bins;
  int* counts;  // and after them: the largest, how many blocks, the last block's flag
};

__global__ inline void histogram(const Histogram all) {
  __shared__ SharedArray<int, 64> counts;
  const int t = static_cast<int>(threadIdx.x);
  const int step = static_cast<int>(gridDim.x * blockDim.x);
  if (t < all.bins) counts[t] = 0;
  __syncthreads();
  for (int i = static_cast<int>(blockIdx.x * blockDim.x) + t; i < all.count; i += step) {
    atomicAdd(&counts[all.x[i]], 1);
    atomicMax(&all.counts[all.bins], all.x[i]);
  }
  __syncthreads();
  if (t < all.bins) atomicAdd(&all.counts[t], counts[t]);
  __threadfence();
  if (t == 0 && atomicAdd(&all.counts[all.bins + 1], 1) == static_cast<int>(gridDim.x) - 1) {
    if (atomicCAS(&all.counts[all.bins + 2], 0, 1) == 0) atomicExch(&all.counts[all.bins + 2], 7);
  }
}

/// What each thread is told by the votes that it takes part in.
struct Votes {
  const int* x;
  unsigned* told;  // 8 numbers a thread
};

__global__ inline void votes(const Votes all) {
  const unsigned t = threadIdx.x;
  const int x = all.x[t];
  unsigned* told = all.told + 8 * t;
  told[0] = static_cast<unsigned>(__syncthreads_count(x));
  told[1] = static_cast<unsigned>(__syncthreads_and(x));
  told[2] = static_cast<unsigned>(__syncthreads_or(x));
  told[3] = __ballot_sync(0xffffffffU, x);
  told[4] = static_cast<unsigned>(__all_sync(0xffffffffU, x));
  told[5] = static_cast<unsigned>(__any_sync(0xffffffffU, x));
  // Halves of a warp on their own, then lanes of a mask that the others never see.
  const unsigned half = t % 32 < 16 ? 0xffffU : 0xffff0000U;
  told[6] = __shfl_sync(half, t, 3, 16);
  told[7] = t % 2 == 0 ? __ballot_sync(0x55555555U, 1) : 0U;
  // Lanes of one half meet once more than the others; then all do.
  __shared__ SharedArray<unsigned, 96> seen;
  if (t % 32 < 16) {
    seen[t] = t;
    __syncwarp(0xffffU);
    told[6] += seen[t ^ 1U] - (t ^ 1U);
  }
  __syncwarp();
  seen[t] = 2 * t;
  __syncwarp();
  told[7] += seen[t ^ 31U] - 2 * (t ^ 31U);
}

}  // namespace sca::kernels::cuda::test
