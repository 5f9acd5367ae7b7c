#pragma once

#include "kernels/cuda/core/backward_arguments.hpp"
#include "kernels/cuda/core/samples.cuh"

namespace sca::kernels::cuda {

/// Of one token and sample: its query, and the gradient by its channel's output.
struct Reading {
  float2 query, by_output;

  /// The derivative by R and I; inverse: 1 / (Z root), omega's factor with it.
  __device__ Sums by_sums(float omega, float inverse) const {
    return {omega * fmaf(by_output.x, query.x, -(by_output.y * query.y)) * inverse,
            omega * fmaf(by_output.x, query.y, by_output.y * query.x) * inverse};
  }
};

/// Both rows of the gradient by a head's output, of a tile's tokens: [2, tokens, channels].
using TileGradients = SharedArray<float, 2 * tile_tokens * core_threads>;

template <class Stored>
__device__ void load_gradients(const BackwardArguments& a, const Head<Stored>& head, const Samples& samples,
                               std::int64_t t, int tokens, TileGradients& to) {
  const Stored* const from =
      row<Stored>(a.output_gradient, head.b, t) + head.k * 2 * a.in.shape.H + samples.first_channel;
  for (int part = 0; part < 2; ++part) {
    load_rows(from + part * a.in.shape.H, a.output_gradient.token_stride, tokens, samples.channels,
              static_cast<float*>(to) + part * tile_tokens * a.split.channels, a.split.channels);
  }
}

/// Of the tile's token i and the thread's channel.
__device__ inline float2 gradient_of(TileGradients& gradients, const Split& split, const Samples& samples,
                                     int i) {
  const int at = i * split.channels + samples.channel;
  return make_float2(gradients[at], gradients[at + tile_tokens * split.channels]);
}

/// Queries of a tile's tokens, or what comes in their places: [tokens, threads], of which a pair each.
using TilePairs = SharedArray<float2, tile_tokens * core_threads>;

__device__ inline float* numbers(TilePairs& pairs) {
  return reinterpret_cast<float*>(static_cast<float2*>(pairs));
}

template <class Stored>
__device__ void load_queries(const BackwardArguments& a, const Head<Stored>& head, const Samples& samples,
                             std::int64_t t, int tokens, TilePairs& to) {
  load_rows(head.query(t) + 2 * samples.first(a.in.shape), a.in.query.token_stride, tokens,
            2 * samples.count(), numbers(to), 2 * core_threads);
}

template <class Stored>
__device__ std::int64_t slot_of(const Head<Stored>& head) {
  return (head.b * chunks_of(head.in.shape.L) + head.chunk) * head.in.shape.K + head.k;
}

/// What the outputs' sums are divided by.
__device__ inline float root_of(const sca_core_inputs& in) {
  return in.rules.over_root_h != 0 ? sqrtf(static_cast<float>(in.shape.H)) : 1.0F;
}

}  // namespace sca::kernels::cuda
