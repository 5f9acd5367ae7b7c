#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace sca::kernels::simd {

/// Tokens of a chunk: sums over tokens start from 0 in each, and the chunks' totals are added pairwise.
inline constexpr std::size_t chunk_tokens = 16;

inline std::size_t chunk_count(std::int64_t L) {
  return (static_cast<std::size_t>(L) + chunk_tokens - 1) / chunk_tokens;
}

/// Totals of 1, 2, 4, ... chunks that may have to be kept.
inline std::size_t level_count(std::int64_t L) {
  return static_cast<std::size_t>(std::bit_width(chunk_count(L)));
}

/// The longest chain of additions in a prefix sum over L tokens that goes on from a given state: within the
/// chunk, up the levels and along those above, the state, the chunk at hand.
inline std::int64_t prefix_depth(std::int64_t L) {
  if (L == 0) return 0;
  return std::min(L, static_cast<std::int64_t>(chunk_tokens)) + static_cast<std::int64_t>(level_count(L));
}

/// The same where what each addition loses is kept apart, and joined with the sum before it is used and at
/// each chunk's end. Of a sum S of terms whose magnitudes add up to S_1, u |S| is lost by the last addition.
/// What was lost before stays below (chunk_tokens + 1) u S_1, and adding to it rounds once a token: L
/// (chunk_tokens + 1) u^2 S_1.
template <class Real>
std::int64_t compensated_depth(std::int64_t L) {
  constexpr double u = std::numeric_limits<Real>::epsilon() / 2;
  return std::min(L, 2 + static_cast<std::int64_t>(static_cast<double>(L) * (chunk_tokens + 1) * u));
}

}  // namespace sca::kernels::simd
