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

/// The run's gradients by what the SiLU is taken of; of a convolution that began with zeros.
template <class Stored, class Load>
__device__ inline void gradients_by_sums(const MixBackwardArguments& a, const MixRun<Stored>& run, Load load,
                                         GroupOf<Stored> (&by_sum)[MixShape::run_tokens]) {
  for (GroupOf<Stored>& one : by_sum) one = {};
  convolve(run, a.weight, load, by_sum);  // first the sums themselves
  SCA_UNROLLED for (int i = 0; i < run.tokens; ++i) {
    if (run.t + i >= a.shape.L) continue;
    const GroupOf<Stored> by_z = run.numbers(static_cast<const Stored*>(a.z_gradient), run.row(run.t + i));
    for (int v = 0; v < run.size; ++v) {
      const float x = by_sum[i].of[v];
      by_sum[i].of[v] = by_z.of[v] * activation_slope<true>(x, sigmoid(x));
    }
  }
}

/// What the block's threads have of a convolution's gradients by its sums, at as many tokens as a block has.
template <class Stored>
class SharedRows {
 public:
  static constexpr int channels = MixShape::groups * Vector<Stored>::size;
  using Numbers = GroupOf<Stored>;
  using Memory = SharedArray<float, MixShape::block_tokens * channels>;

  __device__ explicit SharedRows(Memory& memory) : memory_(memory) {}

  __device__ void store(int row, const Numbers& numbers) {
    for (int v = 0; v < Vector<Stored>::size; ++v) memory_[place(row) + v] = numbers.of[v];
  }
  __device__ Numbers load(int row) const {
    Numbers numbers;
    for (int v = 0; v < Vector<Stored>::size; ++v) numbers.of[v] = memory_[place(row) + v];
    return numbers;
  }

 private:
  __device__ static int place(int row) {
    return row * channels + static_cast<int>(threadIdx.x) % MixShape::groups * Vector<Stored>::size;
  }
  Memory& memory_;
};

/// Gradients by u, sum_j weight[c, j] by_sum_{t + (ck - 1) - j}, and the block's part of those by the weights.
/// by_sum is computed where it is used: again for the ck - 1 tokens behind the block's.
template <class Stored>
__device__ void mix_backward(const MixBackwardArguments& a) {
  const MixRun<Stored> run(a.shape);
  using Numbers = typename MixRun<Stored>::Numbers;
  __shared__ WarpsWeights<Stored> of_warps;
  __shared__ typename SharedRows<Stored>::Memory memory;
  SharedRows<Stored> rows(memory);
  const auto load = [&](std::int64_t source, Numbers& row) {
    if (source < 0 || source >= a.shape.L) return false;
    row = run.numbers(static_cast<const Stored*>(a.u), run.row(source));
    return true;
  };
  const int first_row = static_cast<int>(threadIdx.x) / MixShape::groups * run.tokens;
  const std::int64_t first_token = run.t - first_row;  // of the block
  const std::int64_t end = min(a.shape.L, first_token + MixShape::block_tokens + a.shape.ck - 1);

  Numbers by_sum[run.tokens];
  gradients_by_sums(a, run, load, by_sum);
  for (std::int64_t tile = 0; tile < a.shape.ck; tile += tile_taps) {
    Numbers by_weight[tile_taps] = {};
    sweep(run, run.t - (a.shape.ck - 1) + tile, load, [&](const Numbers& row, int token, int tap) {
      if (run.t + token >= a.shape.L) return;
      for (int v = 0; v < run.size; ++v)
        by_weight[tap].of[v] = fmaf(by_sum[token].of[v], row.of[v], by_weight[tap].of[v]);
    });
    store_weights(a, run, tile, by_weight, of_warps);
  }

  Numbers by_u[run.tokens] = {};
  MixRun<Stored> later = run;
  for (std::int64_t begin = first_token; begin < end; begin += MixShape::block_tokens) {
    if (begin > first_token) {
      later.t = begin + first_row;
      if (later.t < end) gradients_by_sums(a, later, load, by_sum);
      __syncthreads();  // the rows before have been read
    }
    if (later.t < end) {
      SCA_UNROLLED for (int i = 0; i < run.tokens; ++i) rows.store(first_row + i, by_sum[i]);
    }
    __syncthreads();
    const auto kept = [&](std::int64_t source, Numbers& row) {
      if (source < begin || source >= begin + MixShape::block_tokens || source >= end) return false;
      row = rows.load(static_cast<int>(source - begin));
      return true;
    };
    for (std::int64_t tile = 0; tile < a.shape.ck; tile += tile_taps) {
      const std::int64_t first = run.t + (a.shape.ck - 1) - (tile + tile_taps - 1);
      if (first >= begin + MixShape::block_tokens || first + run.tokens + tile_taps - 1 <= begin) continue;
      Numbers weights[tile_taps];
      SCA_UNROLLED for (int tap = 0; tap < tile_taps; ++tap) weights[tap] = run.weights(a.weight, tile + tap);
      sweep(run, first, kept, [&](const Numbers& row, int token, int place) {
        const int tap = tile_taps - 1 - place;
        if (tile + tap >= a.shape.ck) return;
        for (int v = 0; v < run.size; ++v)
          by_u[token].of[v] = fmaf(weights[tap].of[v], row.of[v], by_u[token].of[v]);
      });
    }
  }
  SCA_UNROLLED for (int i = 0; i < run.tokens; ++i) {
    if (run.t + i < a.shape.L) run.store(by_u[i], static_cast<Stored*>(a.u_gradient), run.row(run.t + i));
  }
}

}  // namespace sca::kernels::cuda
