#pragma once

#include "kernels/cuda/core/growth.cuh"
#include "kernels/cuda/core/samples.cuh"

namespace sca::kernels::cuda {

/// What a block of core_readout has in shared memory.
struct ReadoutMemory {
  SharedArray<float, chunk_tokens>& weights;
  SharedArray<float, chunk_tokens>& inverses;  // 1 / Z
  SharedArray<float, tile_tokens * core_threads>& keys;
  SharedArray<float, 2 * tile_tokens * core_threads>&
      parts;  // queries; then, in their places, samples' parts
  SharedArray<float, 2 * tile_tokens * core_threads>& outputs;  // [tokens, 2, channels]
};

/// Where a state is continued from; null: from nothing.
struct Start {
  template <class Stored>
  __device__ Start(const CoreArguments& a, const Head<Stored>& head, std::int64_t chunks) {
    const bool is_kept = a.state.weight != nullptr;
    if (chunks == 1 && !is_kept) return;
    const std::int64_t slot = (head.b * chunks + head.chunk) * a.in.shape.K + head.k;
    const auto start = [&](const void* kept, const float* of_chunks, std::int64_t size) {
      return (chunks == 1 ? static_cast<const float*>(kept) : of_chunks) + slot * size;
    };
    weight = start(a.state.weight, a.chunks.weight, 1);
    re = start(a.state.re, a.chunks.re, head.width);
    im = start(a.state.im, a.chunks.im, head.width);
  }

  const float *weight = nullptr, *re = nullptr, *im = nullptr;
};

/// Weights and 1 / Z of the chunk's tokens; returns Z after thread i's token. By all threads of the block.
template <class Stored>
__device__ float weigh_chunk(const CoreArguments& a, const Head<Stored>& head, const Start& start,
                             const ReadoutMemory& memory, WarpGrowths& of_warps) {
  const auto thread = static_cast<int>(threadIdx.x);
  Growth growth{1, 0};
  if (thread < head.tokens) {
    const std::int64_t t = head.first + thread;
    growth = {head.discount(), weigh(head, t, a.state.position + t).value};
    memory.weights[thread] = growth.sum;
  }
  growth = scanned(growth, of_warps);
  const float before = start.weight == nullptr ? 0.0F : *start.weight;
  const float weight = fmaf(growth.discount, before, growth.sum);
  if (thread < head.tokens) memory.inverses[thread] = inverse_weight(a.in.rules, weight);
  __syncthreads();
  return weight;
}

/// Step 5 for one token and the thread's sample: its part of the output.
__device__ inline float2 read(const Sums& sums, float inverse, float omega, float q_re, float q_im) {
  const float re = sums.re * inverse;
  const float im = sums.im * inverse;
  return make_float2(omega * fmaf(re, q_re, im * q_im), omega * fmaf(im, q_re, -(re * q_im)));
}

/// Adds the parts of each channel's samples, in their order, to what earlier passes left.
__device__ inline void add_parts(const Samples& samples, const Split& split, int tokens, int first_row,
                                 float root, const ReadoutMemory& memory) {
  const bool is_last = samples.pass_of_channel + 1 == split.passes;
  for (auto i = static_cast<int>(threadIdx.x); i < tokens * 2 * samples.channels; i += core_threads) {
    const int token = i / (2 * samples.channels);
    const int row = i % (2 * samples.channels) / samples.channels;
    const int channel = i % samples.channels;
    float& output = memory.outputs[((first_row + token) * 2 + row) * split.channels + channel];
    float sum = samples.pass_of_channel == 0 ? 0.0F : output;
    for (int m = 0; m < samples.samples; ++m)
      sum += memory.parts[2 * (token * core_threads + channel * samples.samples + m) + row];
    output = is_last ? sum / root : sum;
  }
}

/// Steps 3 to 5 for the tokens of one tile.
template <class Stored>
__device__ void read_tile(const CoreArguments& a, const Head<Stored>& head, const Samples& samples, int done,
                          const Sample& sample, float omega, Sums& sums, const ReadoutMemory& memory) {
  const int tokens = min(tile_tokens, head.tokens - done);
  const std::int64_t t = head.first + done;
  load_rows(head.key(t) + samples.first_channel, a.in.key.token_stride, tokens, samples.channels,
            static_cast<float*>(memory.keys), a.split.channels);
  load_rows(head.query(t) + 2 * samples.first(a.in.shape), a.in.query.token_stride, tokens,
            2 * samples.count(), static_cast<float*>(memory.parts), 2 * core_threads);
  __syncthreads();
  for (int i = 0; samples.is_mine && i < tokens; ++i) {
    sample.absorb(head, memory.keys[i * a.split.channels + samples.channel], memory.weights[done + i], sums);
    const int at = 2 * (i * core_threads + static_cast<int>(threadIdx.x));
    const float2 part = read(sums, memory.inverses[done + i], omega, memory.parts[at], memory.parts[at + 1]);
    memory.parts[at] = part.x;
    memory.parts[at + 1] = part.y;
  }
  __syncthreads();
  // Where samples come in passes there is one channel, and room for it at all tokens of the chunk.
  const int first_row = a.split.passes > 1 ? done : 0;
  const float root = a.in.rules.over_root_h != 0 ? sqrtf(static_cast<float>(a.in.shape.H)) : 1.0F;
  add_parts(samples, a.split, tokens, first_row, root, memory);
  __syncthreads();
  if (samples.pass_of_channel + 1 < a.split.passes) return;
  for (int row_of_two = 0; row_of_two < 2; ++row_of_two) {
    Stored* const to = row<Stored>(a.output, head.b, t) + (head.k * 2 + row_of_two) * a.in.shape.H;
    store_rows(&memory.outputs[(first_row * 2 + row_of_two) * a.split.channels], 2 * a.split.channels, tokens,
               samples.channels, to + samples.first_channel, a.output.token_stride);
  }
}

/// Steps 2 to 5 for the tokens of a chunk, from the state before it on; the last chunk's block leaves the
/// state. One block a chunk and head.
template <class Stored>
__device__ void core_readout(const CoreArguments& a) {
  __shared__ SharedArray<float, chunk_tokens> weights;
  __shared__ SharedArray<float, chunk_tokens> inverses;
  __shared__ SharedArray<float, tile_tokens * core_threads> keys;
  __shared__ SharedArray<float, 2 * tile_tokens * core_threads> parts;
  __shared__ SharedArray<float, 2 * tile_tokens * core_threads> outputs;
  __shared__ WarpGrowths of_warps;
  const ReadoutMemory memory{weights, inverses, keys, parts, outputs};
  const std::int64_t chunks = chunks_of(a.in.shape.L);
  const Head<Stored> head(a.in, chunks, blockIdx.x);
  const Start start(a, head, chunks);
  const bool keeps = a.state.weight != nullptr && head.chunk + 1 == chunks;
  const std::int64_t kept = head.b * a.in.shape.K + head.k;

  const float weight = weigh_chunk(a, head, start, memory, of_warps);
  if (keeps && static_cast<int>(threadIdx.x) + 1 == head.tokens)
    static_cast<float*>(a.state.weight)[kept] = weight;
  for (int part = 0; part < a.split.groups * a.split.passes; ++part) {
    const Samples samples(a.split, a.in.shape, part / a.split.passes, part % a.split.passes);
    const Sample sample(head, samples);
    Sums sums;
    if (samples.is_mine && start.re != nullptr) sums = {start.re[samples.index], start.im[samples.index]};
    const float omega = samples.is_mine ? head.omega()[samples.index] : 0.0F;
    for (int done = 0; done < head.tokens; done += tile_tokens)
      read_tile(a, head, samples, done, sample, omega, sums, memory);
    if (!keeps || !samples.is_mine) continue;
    static_cast<float*>(a.state.re)[kept * head.width + samples.index] = sums.re;
    static_cast<float*>(a.state.im)[kept * head.width + samples.index] = sums.im;
  }
}

}  // namespace sca::kernels::cuda
