#pragma once

#include "kernels/cuda/core/growth.cuh"
#include "kernels/cuda/core/head.cuh"

namespace sca::kernels::cuda {

/// From what chunks add to the states before them: one thread a number of the state, 1 + 2 H M of each head.
template <class Stored>
__device__ void core_carry(const CoreArguments& a) {
  const std::int64_t chunks = chunks_of(a.in.shape.L);
  const std::int64_t width = a.in.shape.H * a.in.shape.M;
  const std::int64_t blocks = (1 + 2 * width + core_threads - 1) / core_threads;
  const Head<Stored> head(a.in, 1, blockIdx.x / blocks);
  const std::int64_t i = blockIdx.x % blocks * core_threads + threadIdx.x;
  if (i > 2 * width) return;

  // Number `at` of `size` in each head's part of Z, R or I.
  const bool is_weight = i == 2 * width;
  const std::int64_t size = is_weight ? 1 : width;
  const std::int64_t at = is_weight ? 0 : i % width;
  float* const slots = is_weight ? a.chunks.weight : i < width ? a.chunks.re : a.chunks.im;
  const void* const kept = is_weight ? a.state.weight : i < width ? a.state.re : a.state.im;
  float before =
      kept == nullptr ? 0.0F : static_cast<const float*>(kept)[(head.b * a.in.shape.K + head.k) * size + at];
  const float discount = power(head.discount(), chunk_tokens);
  for (std::int64_t c = 0; c < chunks; ++c) {
    float& slot = slots[((head.b * chunks + c) * a.in.shape.K + head.k) * size + at];
    const float added = c + 1 < chunks ? slot : 0.0F;
    slot = before;
    before = fmaf(discount, before, added);
  }
}

}  // namespace sca::kernels::cuda
