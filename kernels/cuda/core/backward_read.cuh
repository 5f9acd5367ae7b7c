#pragma once

#include "kernels/cuda/core/backward_heads.cuh"
#include "kernels/cuda/core/backward_sums.cuh"

namespace sca::kernels::cuda {

/// What a block of core_backward_read has in shared memory besides its heads'.
struct ReadMemory {
  SharedArray<float, tile_tokens * core_threads>& keys;
  TileGradients& by_outputs;
  TilePairs& queries;
  TilePairs& by_queries;
  TileTerms& terms;
};

/// Step 5 backwards for one token and the thread's sample: adds to omega's gradient and to the query's;
/// returns the sample's term of the derivative by 1 / Z, times that.
__device__ inline float read_back(const Reading& reading, const Sums& sums, float omega, float inverse,
                                  float& by_omega, float2& by_query) {
  const float re = sums.re * inverse;
  const float im = sums.im * inverse;
  const float2 q = reading.query;
  const float2 g = reading.by_output;
  const float term = fmaf(g.x, fmaf(re, q.x, im * q.y), g.y * fmaf(im, q.x, -(re * q.y)));
  by_omega += term;
  by_query.x = fmaf(omega, fmaf(g.x, re, g.y * im), by_query.x);
  by_query.y = fmaf(omega, fmaf(g.x, im, -(g.y * re)), by_query.y);
  return omega * term;
}

/// One memory head's way through a tile that is in shared memory.
template <class Stored>
__device__ void walk_tile(const BackwardArguments& a, const Head<Stored>& head, const Samples& samples,
                          int done, int tokens, bool is_first_head, const HeadMemory& own,
                          const ReadMemory& memory) {
  const Sample sample(head, samples);
  const float omega = head.omega()[samples.index];
  Walk walk = Walk::read(own);
  float discount = power(sample.discount, done);
  for (int i = 0; i < tokens; ++i) {
    sample.absorb(head, memory.keys[i * a.split.channels + samples.channel], own.weights[done + i],
                  walk.sums);
    const int at = i * core_threads + static_cast<int>(threadIdx.x);
    const Reading reading{memory.queries[at], gradient_of(memory.by_outputs, a.split, samples, i)};
    const float inverse = own.inverses[done + i];
    float2 by_query = is_first_head ? make_float2(0, 0) : memory.by_queries[at];
    memory.terms[at] = read_back(reading, walk.sums, omega, inverse, walk.by_omega, by_query);
    memory.by_queries[at] = by_query;
    const Sums added = reading.by_sums(omega, inverse);
    walk.by_sums.re = fmaf(discount, added.re, walk.by_sums.re);
    walk.by_sums.im = fmaf(discount, added.im, walk.by_sums.im);
    discount *= sample.discount;
  }
  walk.keep(own);
}

/// All memory heads' way through a tile; stores the gradients by its queries.
template <class Stored>
__device__ void read_tile_back(const BackwardArguments& a, const Head<Stored>& first, const Samples& samples,
                               int done, int heads, float* of_heads, const ReadMemory& memory) {
  const int tokens = min(tile_tokens, first.tokens - done);
  const std::int64_t t = first.first + done;
  load_queries(a, first, samples, t, tokens, memory.queries);
  for (int j = 0; j < heads; ++j) {
    const Head<Stored> head = neighbour(first, j);
    const HeadMemory own(of_heads, j);
    load_rows(head.key(t) + samples.first_channel, a.in.key.token_stride, tokens, samples.channels,
              static_cast<float*>(memory.keys), a.split.channels);
    load_gradients(a, head, samples, t, tokens, memory.by_outputs);
    __syncthreads();
    if (samples.is_mine) walk_tile(a, head, samples, done, tokens, j == 0, own, memory);
    __syncthreads();
    const bool is_first_part = samples.first_channel == 0 && samples.pass_of_channel == 0;
    sum_terms(memory.terms, tokens, samples.count(), is_first_part, own.by_inverses + done);
  }
  Stored* const to = row<Stored>(a.query, first.b, t) + first.query_head * first.width * 2;
  store_rows(numbers(memory.by_queries), 2 * core_threads, tokens, 2 * samples.count(),
             to + 2 * samples.first(a.in.shape), a.query.token_stride);
}

/// All memory heads' way through the chunk, for one group of channels and one pass over their samples.
template <class Stored>
__device__ void read_part_back(const BackwardArguments& a, const Head<Stored>& first, const Samples& samples,
                               int heads, float* of_heads, const ReadMemory& memory) {
  const std::int64_t slot = slot_of(first);
  for (int j = 0; samples.is_mine && j < heads; ++j) {
    const std::int64_t at = (slot + j) * first.width + samples.index;
    const Walk start{{a.states.re[at], a.states.im[at]}, {}, 0};
    start.keep(HeadMemory(of_heads, j));
  }
  for (int done = 0; done < first.tokens; done += tile_tokens)
    read_tile_back(a, first, samples, done, heads, of_heads, memory);
  for (int j = 0; samples.is_mine && j < heads; ++j) {
    const Walk end = Walk::read(HeadMemory(of_heads, j));
    const std::int64_t at = (slot + j) * first.width + samples.index;
    a.gradients.re[at] = end.by_sums.re;
    a.gradients.im[at] = end.by_sums.im;
    a.parts.omega(slot + j)[samples.index] = end.by_omega;
  }
}

/// Steps 2 to 5 for the tokens of a chunk, from the state before it on, and step 5 backwards: gradients by
/// queries, the chunk's share of omega's, and of the gradient by the state. One block a chunk and query head.
template <class Stored>
__device__ void core_backward_read(const BackwardArguments& a) {
  __shared__ SharedArray<float, tile_tokens * core_threads> keys;
  __shared__ TileGradients by_outputs;
  __shared__ TilePairs queries;
  __shared__ TilePairs by_queries;
  __shared__ TileTerms terms;
  __shared__ WarpGrowths of_warps;
  const ReadMemory memory{keys, by_outputs, queries, by_queries, terms};
  auto* const of_heads = shared_memory<float>();
  const std::int64_t chunks = chunks_of(a.in.shape.L);
  const auto heads = static_cast<int>(a.in.shape.K / a.in.shape.Kq);
  const Head<Stored> first(a.in, chunks, blockIdx.x / chunks * heads * chunks + blockIdx.x % chunks);

  for (int j = 0; j < heads; ++j) begin_head(a, neighbour(first, j), HeadMemory(of_heads, j), of_warps);
  for (int part = 0; part < a.split.groups * a.split.passes; ++part) {
    const Samples samples(a.split, a.in.shape, part / a.split.passes, part % a.split.passes);
    read_part_back(a, first, samples, heads, of_heads, memory);
  }
  __syncthreads();
  for (int j = 0; j < heads; ++j) end_head(a, neighbour(first, j), HeadMemory(of_heads, j), of_warps);
}

}  // namespace sca::kernels::cuda
