#pragma once

#include "kernels/cuda/core/arguments.hpp"
#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda {

/// Of the warp's lanes; every lane gets it.
__device__ inline float sum_of_warp(float x) {
  for (int distance = 16; distance > 0; distance /= 2) x += __shfl_xor_sync(0xffffffffU, x, distance);
  return x;
}

using TileTerms = SharedArray<float, tile_tokens * core_threads>;

/// sums[i] = or += the first `count` terms of token i. A token's sum always is the same thread's.
__device__ inline void sum_terms(TileTerms& terms, int tokens, int count, bool is_first, float* sums) {
  constexpr int warps = core_threads / 32;
  const int lane = static_cast<int>(threadIdx.x) % 32;
  for (int token = static_cast<int>(threadIdx.x) / 32; token < tokens; token += warps) {
    float sum = 0;
    for (int i = lane; i < count; i += 32) sum += terms[token * core_threads + i];
    sum = sum_of_warp(sum);
    if (lane == 0) sums[token] = is_first ? sum : sums[token] + sum;
  }
}

/// to[i] = the sum of all threads' of[i]. By all threads of the block.
template <int n>
__device__ inline void sum_of_block(const float (&of)[n], SharedArray<float, n * core_threads / 32>& of_warps,
                                    float* to) {
  constexpr int warps = core_threads / 32;
  const auto thread = static_cast<int>(threadIdx.x);
  for (int i = 0; i < n; ++i) {
    const float sum = sum_of_warp(of[i]);
    if (thread % 32 == 0) of_warps[i * warps + thread / 32] = sum;
  }
  __syncthreads();
  if (thread >= n) return;
  float sum = 0;
  for (int w = 0; w < warps; ++w) sum += of_warps[thread * warps + w];
  to[thread] = sum;
}

}  // namespace sca::kernels::cuda
