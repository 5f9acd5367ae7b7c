#pragma once

#include "kernels/cuda/core/backward_turn.cuh"
#include "kernels/cuda/core/backward_weights.cuh"

namespace sca::kernels::cuda {

/// Adds the parts of each channel's samples, in their order, to what earlier passes left. After the last
/// pass: gradients by keys, and terms of those by weights; returns the thread's part of the phase scale's.
template <class Stored>
__device__ float encode_back(const BackwardArguments& a, const Head<Stored>& head, const Samples& samples,
                             int done, int tokens, const ReturnMemory& memory) {
  const bool is_last = samples.pass_of_channel + 1 == a.split.passes;
  float by_phase_scale = 0;
  for (auto i = static_cast<int>(threadIdx.x); i < tokens * samples.channels; i += core_threads) {
    const int token = i / samples.channels;
    const int channel = i % samples.channels;
    float2 sum = samples.pass_of_channel == 0 ? make_float2(0, 0) : memory.sums[done + token];
    for (int m = 0; m < samples.samples; ++m) {
      const float2 part = memory.pairs[token * core_threads + channel * samples.samples + m];
      sum.x += part.x;
      sum.y += part.y;
    }
    // Where samples come in passes there is one channel.
    if (!is_last) {
      memory.sums[done + token] = sum;
      continue;
    }
    const int at = token * a.split.channels + channel;
    const float key = memory.keys[at];
    const float over = 1.0F / (1.0F + fabsf(head.phase_scale * key));
    const float by_x = sum.y * over * over;
    by_phase_scale = fmaf(by_x, key, by_phase_scale);
    memory.terms[token * core_threads + channel] = sum.x * key;
    memory.by_keys[at] = fmaf(sum.x, memory.weights[done + token], by_x * head.phase_scale);
  }
  return by_phase_scale;
}

/// Steps 5, 4 and 3 backwards for the tokens of one tile; the thread's part of the phase scale's gradient.
template <class Stored>
__device__ float return_tile(const BackwardArguments& a, const Head<Stored>& head, const Samples& samples,
                             int done, const Sample& sample, float omega, WayBack& way,
                             const ReturnMemory& memory) {
  const int tokens = min(tile_tokens, head.tokens - done);
  const std::int64_t t = head.first + done;
  load_rows(head.key(t) + samples.first_channel, a.in.key.token_stride, tokens, samples.channels,
            static_cast<float*>(memory.keys), a.split.channels);
  load_gradients(a, head, samples, t, tokens, memory.by_outputs);
  load_queries(a, head, samples, t, tokens, memory.pairs);
  __syncthreads();
  if (samples.is_mine) walk_tile_back(a, head, samples, done, tokens, sample, omega, way, memory);
  __syncthreads();
  const float by_phase_scale = encode_back(a, head, samples, done, tokens, memory);
  __syncthreads();
  if (samples.pass_of_channel + 1 < a.split.passes) return 0.0F;
  store_rows(static_cast<const float*>(static_cast<float*>(memory.by_keys)), a.split.channels, tokens,
             samples.channels, row<Stored>(a.key, head.b, t) + head.k * a.in.shape.H + samples.first_channel,
             a.key.token_stride);
  sum_terms(memory.terms, tokens, samples.channels, samples.first_channel == 0,
            static_cast<float*>(memory.by_weights) + done);
  return by_phase_scale;
}

/// The chunk's tokens, for one group of channels and one pass over their samples: the chunk's share of
/// theta's gradient, the thread's of the rate's and the phase scale's.
template <class Stored>
__device__ void return_part(const BackwardArguments& a, const Head<Stored>& head, const Samples& samples,
                            float (&by_scalars)[ParameterParts::scalars], const ReturnMemory& memory) {
  const std::int64_t slot = slot_of(head);
  const std::int64_t at = slot * head.width + samples.index;
  const Sample sample(head, samples);
  const float omega = samples.is_mine ? head.omega()[samples.index] : 0.0F;
  WayBack way;
  if (samples.is_mine) way.by_sums = {a.gradients.re[at], a.gradients.im[at]};
  float by_phase_scale = 0;
  for (int done = (head.tokens - 1) / tile_tokens * tile_tokens; done >= 0; done -= tile_tokens)
    by_phase_scale += return_tile(a, head, samples, done, sample, omega, way, memory);
  by_scalars[ParameterParts::of_phase_scale] += by_phase_scale;
  if (!samples.is_mine) return;
  a.parts.theta(slot)[samples.index] = way.by_theta;
  if (!head.is_recursive) return;
  by_scalars[ParameterParts::of_rate] +=
      way.by_rate - fmaf(a.states.re[at], way.later.re, a.states.im[at] * way.later.im);
}

/// Steps 5 to 2 backwards for the tokens of a chunk, from the gradient by the state after it on: gradients by
/// keys and scores, and the chunk's share of those by all parameters but omega. One block a chunk and head.
template <class Stored>
__device__ void core_backward_return(const BackwardArguments& a) {
  __shared__ SharedArray<float, chunk_tokens> weights;
  __shared__ SharedArray<float, chunk_tokens> inverses;
  __shared__ SharedArray<float, chunk_tokens> by_weights;
  __shared__ SharedArray<float, tile_tokens * core_threads> keys;
  __shared__ SharedArray<float, tile_tokens * core_threads> by_keys;
  __shared__ TileGradients by_outputs;
  __shared__ TilePairs pairs;
  __shared__ SharedArray<float2, chunk_tokens> sums;
  __shared__ TileTerms terms;
  __shared__ WarpGrowths of_warps;
  __shared__ SharedArray<float, ParameterParts::scalars * core_threads / 32> scalars_of_warps;
  const ReturnMemory memory{weights, inverses, by_weights, keys, by_keys, by_outputs, pairs, sums, terms};
  const Head<Stored> head(a.in, chunks_of(a.in.shape.L), blockIdx.x);

  const auto thread = static_cast<int>(threadIdx.x);
  if (thread < head.tokens) {
    const std::int64_t at = slot_of(head) * chunk_tokens + thread;
    weights[thread] = a.tokens.weight[at];
    inverses[thread] = inverse_weight(a.in.rules, a.tokens.total[at]) / root_of(a.in);
  }
  // The first tile's barrier is that of these, too.
  float by_scalars[ParameterParts::scalars]{};
  for (int part = 0; part < a.split.groups * a.split.passes; ++part) {
    const Samples samples(a.split, a.in.shape, part / a.split.passes, part % a.split.passes);
    return_part(a, head, samples, by_scalars, memory);
  }
  __syncthreads();
  weigh_back(a, head, by_weights, of_warps, by_scalars);
  sum_of_block(by_scalars, scalars_of_warps, a.parts.scalar(slot_of(head)));
}

}  // namespace sca::kernels::cuda
