#pragma once

#include "kernels/cuda/operators/activation.cuh"
#include "kernels/cuda/operators/arguments.hpp"
#include "kernels/cuda/operators/groups.cuh"

namespace sca::kernels::cuda {

/// Taps of the convolution that are gone through at a time, with their weights in registers.
inline constexpr int tile_taps = 4;

/// A thread's part of a convolution: a group of channels at some tokens in a row of one sequence.
template <class Stored>
struct MixRun {
  static constexpr int size = Vector<Stored>::size;
  static constexpr int tokens = MixShape::run_tokens;
  using Numbers = Group<size>;

  __device__ explicit MixRun(const MixShape& shape) : s(shape) {
    const std::int64_t channel_blocks = (s.C + size * MixShape::groups - 1) / (size * MixShape::groups);
    const auto thread = static_cast<int>(threadIdx.x);
    token_block = blockIdx.x / channel_blocks;
    b = token_block / s.token_blocks();
    t = token_block % s.token_blocks() * MixShape::block_tokens + thread / MixShape::groups * tokens;
    channel = (blockIdx.x % channel_blocks * MixShape::groups + thread % MixShape::groups) * size;
    const std::int64_t left = s.C - channel;
    count = left >= size ? size : left > 0 ? static_cast<int>(left) : 0;
  }

  /// The numbers of a row of [..., C].
  template <class Element>
  __device__ Numbers numbers(const Element* rows, std::int64_t row) const {
    return load_group<size>(rows + row * s.C + channel, count);
  }
  template <class Element>
  __device__ void store(const Numbers& group, Element* rows, std::int64_t row) const {
    store_group(group, rows + row * s.C + channel, count);
  }
  __device__ std::int64_t row(std::int64_t token) const { return b * s.L + token; }

  /// The weights of tap `tap`, 0 where there is none.
  __device__ Numbers weights(const float* weight, std::int64_t tap) const {
    Numbers group;
    for (int v = 0; v < size; ++v)
      group.of[v] = v < count && tap < s.ck ? weight[(channel + v) * s.ck + tap] : 0.0F;
    return group;
  }

  MixShape s;
  std::int64_t token_block, b;
  std::int64_t t, channel;  // the first
  int count;                // of channels that there are
};

/// A tile of taps touches, of each of the run's tokens, tile_taps rows in a row; those of the run's first
/// token begin at `first`. use(row, token, i) where the i-th of a token's rows is there, as load(index, row)
/// tells: what is not there is not used, since 0 times NaN is no 0.
template <class Run, class Load, class Use>
__device__ inline void sweep(const Run&, std::int64_t first, Load load, Use use) {
  SCA_UNROLLED for (int i = 0; i < Run::tokens + tile_taps - 1; ++i) {
    typename Run::Numbers row;
    if (!load(first + i, row)) continue;
    SCA_UNROLLED for (int token = 0; token < Run::tokens; ++token) {
      if (i >= token && i - token < tile_taps) use(row, token, i - token);
    }
  }
}

/// The convolution at the run's tokens, before its SiLU, where load(source, row) loads a token's inputs.
template <class Stored, class Load>
__device__ inline void convolve(const MixRun<Stored>& run, const float* weight, Load load,
                                typename MixRun<Stored>::Numbers (&sums)[MixRun<Stored>::tokens]) {
  using Numbers = typename MixRun<Stored>::Numbers;
  for (std::int64_t tile = 0; tile < run.s.ck; tile += tile_taps) {
    Numbers weights[tile_taps];
    SCA_UNROLLED for (int tap = 0; tap < tile_taps; ++tap) weights[tap] = run.weights(weight, tile + tap);
    sweep(run, run.t - (run.s.ck - 1) + tile, load, [&](const Numbers& row, int token, int tap) {
      if (tile + tap >= run.s.ck) return;
      for (int v = 0; v < run.size; ++v)
        sums[token].of[v] = fmaf(weights[tap].of[v], row.of[v], sums[token].of[v]);
    });
  }
}

}  // namespace sca::kernels::cuda
