#pragma once

#include <cstdint>

namespace sca::proofs {

/// splitmix64 (Steele, Lea, Flood 2014). Data come from our own integer hash: std::uniform_* differs between
/// standard libraries.
constexpr std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

}  // namespace sca::proofs
