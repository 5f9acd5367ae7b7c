#pragma once

#include <cstdint>

namespace sca::kernels::cuda {

// Arguments of the kernels beside the core's. Pointers are to device memory; those to void are to activations
// as they are stored, all others to parameters and sums in float32. Shapes and meanings are those of
// kernels/operators/operators.hpp.

/// Where a row's gate is: nowhere (a plain RMSNorm), before the norm or after it.
enum class Gate : unsigned char { none, before, after };

/// How rows are shared out: each has a team, so many warps of a block. A block has a row for each of its
/// teams at a time, and goes on with those that follow the rows of all blocks.
struct RowTeams {
  /// Of a block, at most.
  static constexpr int most_threads = 512;

  std::int32_t warps;    // of a row
  std::int32_t threads;  // of a block
  std::int64_t blocks;
};

struct NormArguments {
  static constexpr int most_threads = RowTeams::most_threads;

  std::int64_t rows;
  std::int32_t width;
  std::int32_t warps;
  float epsilon;
  const void *x, *gate;
  const float* gain;
  void* y;
};

struct NormBackwardArguments {
  static constexpr int most_threads = RowTeams::most_threads;

  std::int64_t rows;
  std::int32_t width;
  std::int32_t warps;
  float epsilon;
  bool adds;  // to the gradient by x, of a plain RMSNorm
  const void *x, *gate;
  const float* gain;
  const void* y_gradient;
  void *x_gradient, *gate_gradient;
  float* gain_parts;  // [blocks, width]
};

/// Adds to sums [columns] those of parts [count, columns].
struct PartsArguments {
  static constexpr int most_threads = 256;

  std::int64_t count, columns;
  const float* parts;
  float* sums;
};

/// Of the convolution: a thread has a group of channels at some tokens in a row, its run; a warp 8 groups at
/// 4 runs.
struct MixShape {
  static constexpr int run_tokens = 8;
  static constexpr int groups = 8;  // of channels, of a block
  static constexpr int threads = 128;
  static constexpr int block_tokens = threads / groups * run_tokens;

  std::int64_t B, L, C, ck;

  constexpr std::int64_t token_blocks() const { return (L + block_tokens - 1) / block_tokens; }
};

struct MixArguments {
  static constexpr int most_threads = MixShape::threads;

  MixShape shape;
  const void* u;
  const float* weight;
  void* z;
  void* state;  // null: zeros, and nothing is kept
};

struct MixBackwardArguments {
  static constexpr int most_threads = MixShape::threads;

  MixShape shape;
  const void* u;
  const float* weight;
  const void* z_gradient;
  void* u_gradient;
  float* weight_parts;  // [B, token blocks, C, ck]
};

/// y = a silu(b), or a sigmoid(b), of (a | b).
struct GluArguments {
  static constexpr int most_threads = 256;

  std::int64_t rows, width;
  const void* both;
  void* y;
};

struct GluBackwardArguments {
  static constexpr int most_threads = 256;

  std::int64_t rows, width;
  const void *both, *y_gradient;
  void* both_gradient;
};

/// Of the parameter maps: a thread has a channel (k, h), further ones the heads' rates.
struct GridShape {
  std::int64_t K, H, M, anchors;
};

/// GridRules in the kernels' precision.
struct GridMaps {
  bool theta_is_bounded, omega_is_normalised;
  float theta_floor, theta_span, theta_increment;
  float omega_epsilon;
  float softplus_switch;  // infinity: none
};

struct GridArguments {
  static constexpr int most_threads = 128;

  GridShape shape;
  GridMaps maps;
  const float *theta_raw, *omega_raw, *decay_slopes, *anchor_slopes;
  float *theta, *omega, *rate;
};

struct GridBackwardArguments {
  static constexpr int most_threads = 128;

  GridShape shape;
  GridMaps maps;
  const float *theta_raw, *omega_raw, *decay_slopes, *anchor_slopes;
  const float *theta_gradient, *omega_gradient, *rate_gradient;
  float *theta_raw_gradient, *omega_raw_gradient, *decay_slopes_gradient, *anchor_slopes_gradient;
};

}  // namespace sca::kernels::cuda
