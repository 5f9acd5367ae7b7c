#pragma once

#include "kernels/cuda/operators/mix_run.cuh"

namespace sca::kernels::cuda {

// By taps of a tile and channels of a block, of each warp.
template <class Stored>
using WarpsWeights =
    SharedArray<float, MixShape::threads / 32 * tile_taps * MixShape::groups * Vector<Stored>::size>;

/// The sums over the block's runs of a tile's gradients by weights, to the block's place in the parts. By all
/// threads of the block.
template <class Stored>
__device__ inline void store_weights(const MixBackwardArguments& a, const MixRun<Stored>& run,
                                     std::int64_t tile, GroupOf<Stored> (&by_weight)[tile_taps],
                                     WarpsWeights<Stored>& of_warps) {
  constexpr int channels = MixShape::groups * MixRun<Stored>::size;
  constexpr int numbers = tile_taps * channels;
  const auto thread = static_cast<int>(threadIdx.x);
  __syncthreads();  // the tile before has been read
  SCA_UNROLLED for (int tap = 0; tap < tile_taps; ++tap) {
    for (int v = 0; v < run.size; ++v) {
      float sum = by_weight[tap].of[v];
      for (int distance = MixShape::groups; distance < 32; distance *= 2)
        sum += __shfl_xor_sync(0xffffffffU, sum, distance);
      const int channel = thread % MixShape::groups * run.size + v;
      if (thread % 32 < MixShape::groups) of_warps[thread / 32 * numbers + tap * channels + channel] = sum;
    }
  }
  __syncthreads();
  const std::int64_t first = run.channel - thread % MixShape::groups * run.size;
  float* const part = a.weight_parts + run.token_block * a.shape.C * a.shape.ck;
  for (int i = thread; i < numbers; i += MixShape::threads) {
    const std::int64_t tap = tile + i / channels;
    const std::int64_t channel = first + i % channels;
    if (tap >= a.shape.ck || channel >= a.shape.C) continue;
    float sum = of_warps[i];
    for (int w = 1; w < MixShape::threads / 32; ++w) sum += of_warps[w * numbers + i];
    part[channel * a.shape.ck + tap] = sum;
  }
}

/// Gradients by what the SiLU is taken of, and each block's part of those by the weights. Of a convolution
/// that began with zeros.
template <class Stored>
__device__ void mix_by_sum(const MixBackwardArguments& a) {
  const MixRun<Stored> run(a.shape);
  using Numbers = typename MixRun<Stored>::Numbers;
  __shared__ WarpsWeights<Stored> of_warps;
  const auto load = [&](std::int64_t source, Numbers& row) {
    if (source < 0 || source >= a.shape.L) return false;
    row = run.numbers(static_cast<const Stored*>(a.u), run.row(source));
    return true;
  };
  Numbers by_sum[run.tokens] = {};  // first the sums themselves
  convolve(run, a.weight, load, by_sum);
  SCA_UNROLLED for (int i = 0; i < run.tokens; ++i) {
    if (run.t + i >= a.shape.L) continue;
    const Numbers by_z = run.numbers(static_cast<const Stored*>(a.z_gradient), run.row(run.t + i));
    for (int v = 0; v < run.size; ++v) {
      const float x = by_sum[i].of[v];
      by_sum[i].of[v] = by_z.of[v] * activation_slope<true>(x, sigmoid(x));
    }
    run.store(by_sum[i], a.by_sum, run.row(run.t + i));
  }
  for (std::int64_t tile = 0; tile < a.shape.ck; tile += tile_taps) {
    Numbers by_weight[tile_taps] = {};
    sweep(run, run.t - (a.shape.ck - 1) + tile, load, [&](const Numbers& row, int token, int tap) {
      if (run.t + token >= a.shape.L) return;
      for (int v = 0; v < run.size; ++v)
        by_weight[tap].of[v] = fmaf(by_sum[token].of[v], row.of[v], by_weight[tap].of[v]);
    });
    store_weights(a, run, tile, by_weight, of_warps);
  }
}

/// Gradients by u: sum_j weight[c, j] by_sum_{t + (ck - 1) - j}.
template <class Stored>
__device__ void mix_by_input(const MixBackwardArguments& a) {
  const MixRun<Stored> run(a.shape);
  using Numbers = typename MixRun<Stored>::Numbers;
  const auto load = [&](std::int64_t source, Numbers& row) {
    if (source < 0 || source >= a.shape.L) return false;
    row = run.numbers(a.by_sum, run.row(source));
    return true;
  };
  Numbers by_u[run.tokens] = {};
  for (std::int64_t tile = 0; tile < a.shape.ck; tile += tile_taps) {
    Numbers weights[tile_taps];
    SCA_UNROLLED for (int tap = 0; tap < tile_taps; ++tap) weights[tap] = run.weights(a.weight, tile + tap);
    const std::int64_t first = run.t + (a.shape.ck - 1) - (tile + tile_taps - 1);
    sweep(run, first, load, [&](const Numbers& row, int token, int later) {
      const int tap = tile_taps - 1 - later;
      if (tile + tap >= a.shape.ck) return;
      for (int v = 0; v < run.size; ++v)
        by_u[token].of[v] = fmaf(weights[tap].of[v], row.of[v], by_u[token].of[v]);
    });
  }
  SCA_UNROLLED for (int i = 0; i < run.tokens; ++i) {
    if (run.t + i < a.shape.L) run.store(by_u[i], static_cast<Stored*>(a.u_gradient), run.row(run.t + i));
  }
}

}  // namespace sca::kernels::cuda
