#pragma once

#include "kernels/cuda/core/backward_sample.cuh"
#include "kernels/cuda/core/growth.cuh"

namespace sca::kernels::cuda {

/// What one memory head needs in shared memory while a block goes through all those of a query head, tile
/// after tile.
struct HeadMemory {
  __device__ HeadMemory(float* all, int head)
      : weights(all + head * numbers_of_head_in_read),
        inverses(weights + chunk_tokens),
        by_inverses(inverses + chunk_tokens),
        of_threads(by_inverses + chunk_tokens) {}

  float* weights;
  float* inverses;     // 1 / (Z root)
  float* by_inverses;  // derivatives by 1 / Z, times that
  float* of_threads;   // Walk, numbers of a kind side by side
};

/// A thread's sample on its way through a chunk.
struct Walk {
  Sums sums;     // the state
  Sums by_sums;  // what the tokens so far add to the gradient by the first one's state
  float by_omega = 0;

  __device__ static Walk read(const HeadMemory& memory) {
    const float* const from = memory.of_threads + threadIdx.x;
    return {{from[0], from[core_threads]},
            {from[2 * core_threads], from[3 * core_threads]},
            from[4 * core_threads]};
  }
  __device__ void keep(const HeadMemory& memory) const {
    float* const to = memory.of_threads + threadIdx.x;
    to[0] = sums.re;
    to[core_threads] = sums.im;
    to[2 * core_threads] = by_sums.re;
    to[3 * core_threads] = by_sums.im;
    to[4 * core_threads] = by_omega;
  }
};

/// The same chunk of a memory head that reads the same query.
template <class Stored>
__device__ Head<Stored> neighbour(Head<Stored> head, int distance) {
  head.k += distance;
  head.is_anchor = head.k >= head.in.shape.K - head.in.rules.anchors;
  head.is_recursive = head.in.rules.recursive_decay != 0 && !head.is_anchor;
  head.phase_scale = head.of_head(head.in.parameters.phase_scale);
  return head;
}

/// Weights and 1 / (Z root) of the chunk's tokens; leaves weights and Z for later kernels. By all threads of
/// the block.
template <class Stored>
__device__ void begin_head(const BackwardArguments& a, const Head<Stored>& head, const HeadMemory& memory,
                           WarpGrowths& of_warps) {
  const auto thread = static_cast<int>(threadIdx.x);
  const std::int64_t slot = slot_of(head);
  Growth growth{1, 0};
  if (thread < head.tokens) {
    const std::int64_t t = head.first + thread;
    growth = {head.discount(), weigh(head, t, t).value};
    memory.weights[thread] = growth.sum;
    a.tokens.weight[slot * chunk_tokens + thread] = growth.sum;
  }
  growth = scanned(growth, of_warps);
  if (thread < head.tokens) {
    const float total = fmaf(growth.discount, a.states.weight[slot], growth.sum);
    memory.inverses[thread] = inverse_weight(a.in.rules, total) / root_of(a.in);
    a.tokens.total[slot * chunk_tokens + thread] = total;
  }
  __syncthreads();
}

/// From the tokens' derivatives by 1 / Z those by Z, and what the chunk adds to the gradient by its first
/// token's. By all threads of the block.
template <class Stored>
__device__ void end_head(const BackwardArguments& a, const Head<Stored>& head, const HeadMemory& memory,
                         WarpGrowths& of_warps) {
  const auto thread = static_cast<int>(threadIdx.x);
  const std::int64_t slot = slot_of(head);
  Growth growth{1, 0};
  if (thread < head.tokens) {  // from the last token back
    const int token = head.tokens - 1 - thread;
    const std::int64_t at = slot * chunk_tokens + token;
    const float total = a.tokens.total[at];
    const bool is_floored = total < static_cast<float>(a.in.rules.weight_floor);
    const float by_total =
        is_floored ? 0.0F : -(memory.by_inverses[token] * inverse_weight(a.in.rules, total));
    a.tokens.by_total[at] = by_total;
    growth = {head.discount(), by_total};
  }
  growth = scanned(growth, of_warps);
  if (thread + 1 == head.tokens) a.gradients.weight[slot] = growth.sum;
  __syncthreads();
}

}  // namespace sca::kernels::cuda
