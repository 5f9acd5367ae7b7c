#pragma once

#include <cstdint>
#include <string_view>

namespace sca::evidence {

/// splitmix64 (Steele, Lea, Flood 2014). Data come from our own integer hash: std::uniform_* differs between
/// standard libraries.
constexpr std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

/// Of a name, to number a stream by it.
constexpr std::uint64_t hashed(std::string_view text) {
  std::uint64_t result = 0;
  for (const char c : text) result = mixed(result + static_cast<unsigned char>(c));
  return result;
}

/// Number i of stream `stream`: a multiple of 2^-23 in [-1, 1), exact in float32.
constexpr double signed_unit(std::uint64_t seed, std::uint64_t stream, std::uint64_t i) {
  const std::uint64_t bits = mixed(mixed(mixed(seed) + stream) + i) >> 40U;
  return static_cast<double>(bits) * 0x1p-23 - 1;
}

}  // namespace sca::evidence
