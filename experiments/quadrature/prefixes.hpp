#pragma once

#include <cstdint>
#include <vector>

#include "evidence/input/tokens.hpp"
#include "theory/prefix.hpp"

namespace sca::experiments {

/// What all synthetic prefixes have in common: sup distances between delta and D.
inline constexpr double synthetic_spread = 2;         // D
inline constexpr double synthetic_separation = 0.25;  // delta
inline constexpr std::size_t synthetic_tokens = 8;    // t

/// t tokens of [-1, 1]^d, uniform weights. d = 1: gaps delta + exponentials, stretched so that D is attained;
/// otherwise uniform, those nearer than delta in the sup norm drawn again.
Prefix<double> synthetic_prefix(std::size_t d, std::uint64_t seed);

/// How many rows a prefix of a token file has.
inline constexpr std::size_t file_rows = 16;

/// `file_rows` successive rows, from a random one on; equal ones merged, with their counts as weights. domain
/// tokens.rows >= 2; a file that is shorter is taken whole
Prefix<double> file_prefix(const evidence::TokenMatrix& tokens, std::uint64_t seed);

}  // namespace sca::experiments
