#pragma once

#include <cstdint>

#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// Threads of every block of the core's kernels.
inline constexpr int core_threads = 128;
/// Tokens that one block goes through, and of them those that lie in shared memory at a time.
inline constexpr int chunk_tokens = 64;
inline constexpr int tile_tokens = 8;

inline constexpr std::int64_t chunks_of(std::int64_t L) { return (L + chunk_tokens - 1) / chunk_tokens; }

/// How a block's threads share a head's H channels of M samples: thread i has sample i % samples of channel
/// i / samples. What is more than a block takes comes in groups of channels, and, where a channel alone is
/// more, in passes of samples.
struct Split {
  std::int32_t samples, passes;   // of a channel
  std::int32_t channels, groups;  // of a head

  static constexpr Split of(std::int64_t H, std::int64_t M) {
    const auto samples = static_cast<std::int32_t>(M < core_threads ? M : core_threads);
    const std::int32_t channels = core_threads / samples;
    return {samples, static_cast<std::int32_t>((M + samples - 1) / samples), channels,
            static_cast<std::int32_t>((H + channels - 1) / channels)};
  }
};

/// Z [B, chunks, K], R and I [B, chunks, K, H, M]: what a chunk adds to a state, then the state before it.
struct ChunkStates {
  float *weight, *re, *im;
};

/// A forward's argument. Pointers are to device memory.
struct CoreArguments {
  sca_core_inputs in;
  sca_tokens output;
  sca_core_state state;  // null pointers: from nothing, and nothing is kept
  ChunkStates chunks;    // null pointers where there is one chunk
  Split split;
};

}  // namespace sca::kernels::cuda
