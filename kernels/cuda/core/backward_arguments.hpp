#pragma once

#include "kernels/cuda/core/arguments.hpp"

namespace sca::kernels::cuda {

/// Numbers of every memory head that core_backward_read has in dynamic shared memory.
inline constexpr int numbers_of_head_in_read = 3 * chunk_tokens + 5 * core_threads;

/// What the first kernel that goes through a chunk's tokens leaves to the second one: [B, chunks, K,
/// chunk_tokens].
struct TokenRecords {
  float *weight, *total;  // Z after the token
  float* by_total;        // what the token's own output adds to the derivative by Z
};

/// Each chunk's share of the gradients by parameters, [B, chunks, K, width]: of a head theta's [H, M],
/// omega's [H, M], then these.
struct ParameterParts {
  static constexpr int of_rate = 0, of_score_scale = 1, of_score_bias = 2, of_phase_scale = 3, scalars = 4;

  static constexpr std::int64_t width_of(std::int64_t samples) { return 2 * samples + scalars; }

  float* first;
  std::int64_t samples;  // H M

  /// Of slot (b chunks + chunk) K + k.
  constexpr float* theta(std::int64_t slot) const { return first + slot * width_of(samples); }
  constexpr float* omega(std::int64_t slot) const { return theta(slot) + samples; }
  constexpr float* scalar(std::int64_t slot) const { return theta(slot) + 2 * samples; }
};

/// A backward's argument. Pointers are to device memory.
struct BackwardArguments {
  sca_core_inputs in;
  sca_const_tokens output_gradient;
  sca_tokens key, score, query;
  float *theta, *omega, *rate, *score_scale, *score_bias, *phase_scale;
  ChunkStates states;  // before every chunk
  /// What a chunk adds to the gradient by the state after its first token; then the gradient by the state
  /// after the token that follows the chunk.
  ChunkStates gradients;
  TokenRecords tokens;
  ParameterParts parts;
  Split split;
};

}  // namespace sca::kernels::cuda
