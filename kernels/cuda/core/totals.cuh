#pragma once

#include "kernels/cuda/core/growth.cuh"
#include "kernels/cuda/core/samples.cuh"

namespace sca::kernels::cuda {

/// What each chunk adds to the state; the last chunk's is not asked for. One block a chunk and head.
template <class Stored>
__device__ void core_totals(const CoreArguments& a) {
  __shared__ SharedArray<float, chunk_tokens> weights;
  __shared__ SharedArray<float, tile_tokens * core_threads> keys;
  __shared__ WarpGrowths of_warps;
  const std::int64_t chunks = chunks_of(a.in.shape.L);
  const std::int64_t head_of_all = blockIdx.x / (chunks - 1);
  const Head<Stored> head(a.in, chunks, head_of_all * chunks + blockIdx.x % (chunks - 1));
  const auto thread = static_cast<int>(threadIdx.x);
  const std::int64_t slot = (head.b * chunks + head.chunk) * a.in.shape.K + head.k;

  Growth growth{1, 0};
  if (thread < chunk_tokens) {
    const std::int64_t t = head.first + thread;
    growth = {head.discount(), weigh(head, t, a.state.position + t).value};
    weights[thread] = growth.sum;
  }
  growth = scanned(growth, of_warps);  // its barrier also is that of the weights
  if (thread == chunk_tokens - 1) a.chunks.weight[slot] = growth.sum;

  for (int part = 0; part < a.split.groups * a.split.passes; ++part) {
    const Samples samples(a.split, a.in.shape, part / a.split.passes, part % a.split.passes);
    const Sample sample(head, samples);
    Sums sums;
    for (int done = 0; done < chunk_tokens; done += tile_tokens) {
      load_rows(head.key(head.first + done) + samples.first_channel, a.in.key.token_stride, tile_tokens,
                samples.channels, keys, a.split.channels);
      __syncthreads();
      for (int i = 0; samples.is_mine && i < tile_tokens; ++i)
        sample.absorb(head, keys[i * a.split.channels + samples.channel], weights[done + i], sums);
      __syncthreads();
    }
    if (!samples.is_mine) continue;
    a.chunks.re[slot * head.width + samples.index] = sums.re;
    a.chunks.im[slot * head.width + samples.index] = sums.im;
  }
}

}  // namespace sca::kernels::cuda
