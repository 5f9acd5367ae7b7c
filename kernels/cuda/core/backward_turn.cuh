#pragma once

#include "kernels/cuda/core/backward_sample.cuh"
#include "kernels/cuda/core/backward_sums.cuh"

namespace sca::kernels::cuda {

/// What a block of core_backward_return has in shared memory.
struct ReturnMemory {
  SharedArray<float, chunk_tokens>& weights;
  SharedArray<float, chunk_tokens>& inverses;    // 1 / (Z root)
  SharedArray<float, chunk_tokens>& by_weights;  // by way of R and I
  SharedArray<float, tile_tokens * core_threads>& keys;
  SharedArray<float, tile_tokens * core_threads>& by_keys;
  TileGradients& by_outputs;
  TilePairs& pairs;                         // queries; then, in their places, samples' parts
  SharedArray<float2, chunk_tokens>& sums;  // of earlier passes over one channel's samples
  TileTerms& terms;
};

/// A thread's sample on its way back through a chunk.
struct WayBack {
  Sums by_sums;  // the derivative by the state
  Sums later;    // those after the chunk's later tokens, discounted on their way here, as the rate's asks for
  float by_theta = 0, by_rate = 0;

  /// Steps 4 and 3 for one token; returns the sample's parts of the derivatives by its value, which is
  /// multiplied by e^{i phase}, and by the encoded key.
  template <class Stored>
  __device__ float2 turn(const Head<Stored>& head, const Sample& sample, float key, float weight) {
    const float u = head.encoded(key);
    float sine = 0;
    float cosine = 0;
    sin_cos(sample.theta * u, sine, cosine);
    const float value = weight * key;
    const float by_phase = value * fmaf(by_sums.im, cosine, -(by_sums.re * sine));
    by_theta = fmaf(by_phase, u, by_theta);
    if (head.is_recursive) {
      by_rate -= value * fmaf(later.re, cosine, later.im * sine);
      later.re = sample.discount * (later.re + by_sums.re);
      later.im = sample.discount * (later.im + by_sums.im);
    }
    return make_float2(fmaf(by_sums.re, cosine, by_sums.im * sine), by_phase * sample.theta);
  }
};

/// From the tile's last token to its first.
template <class Stored>
__device__ void walk_tile_back(const BackwardArguments& a, const Head<Stored>& head, const Samples& samples,
                               int done, int tokens, const Sample& sample, float omega, WayBack& way,
                               const ReturnMemory& memory) {
  for (int i = tokens - 1; i >= 0; --i) {
    const int at = i * core_threads + static_cast<int>(threadIdx.x);
    const Reading reading{memory.pairs[at], gradient_of(memory.by_outputs, a.split, samples, i)};
    const Sums added = reading.by_sums(omega, memory.inverses[done + i]);
    way.by_sums.re = fmaf(sample.discount, way.by_sums.re, added.re);
    way.by_sums.im = fmaf(sample.discount, way.by_sums.im, added.im);
    memory.pairs[at] =
        way.turn(head, sample, memory.keys[i * a.split.channels + samples.channel], memory.weights[done + i]);
  }
}

}  // namespace sca::kernels::cuda
