#pragma once

#include "kernels/cuda/core/backward_arguments.hpp"
#include "kernels/cuda/core/growth.cuh"
#include "kernels/cuda/core/head.cuh"

namespace sca::kernels::cuda {

/// From what chunks add to the gradients by their first tokens' states to the gradient by the state of the
/// token that follows each chunk: one thread a number of the state, 1 + 2 H M of each head.
template <class Stored>
__device__ void core_backward_carry(const BackwardArguments& a) {
  const sca_core_shape& shape = a.in.shape;
  const std::int64_t chunks = chunks_of(shape.L);
  const std::int64_t width = shape.H * shape.M;
  const std::int64_t blocks = (1 + 2 * width + core_threads - 1) / core_threads;
  const Head<Stored> head(a.in, 1, blockIdx.x / blocks);
  const std::int64_t i = blockIdx.x % blocks * core_threads + threadIdx.x;
  if (i > 2 * width) return;

  // Number `at` of `size` in each head's part of Z, R or I.
  const bool is_weight = i == 2 * width;
  const std::int64_t size = is_weight ? 1 : width;
  const std::int64_t at = is_weight ? 0 : i % width;
  float* const slots = is_weight ? a.gradients.weight : i < width ? a.gradients.re : a.gradients.im;
  const float discount = power(head.discount(), chunk_tokens);
  float next = 0;
  for (std::int64_t c = chunks - 1; c >= 0; --c) {
    float& slot = slots[((head.b * chunks + c) * shape.K + head.k) * size + at];
    const float added = slot;
    slot = next;
    next = fmaf(discount, next, added);
  }
}

}  // namespace sca::kernels::cuda
