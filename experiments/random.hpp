#pragma once

#include "evidence/hash.hpp"

namespace sca::experiments {

/// A seed for a purpose of its own, from one seed and up to three counters.
constexpr std::uint64_t derived(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0,
                                std::uint64_t c = 0) {
  using evidence::mixed;
  return mixed(mixed(mixed(mixed(seed) + a) + b) + c);
}

/// Number i of stream `seed`: uniform on the odd multiples of 2^-54 in (0, 1).
constexpr double unit(std::uint64_t seed, std::uint64_t i) {
  const std::uint64_t bits = evidence::mixed(seed + evidence::mixed(i)) >> 11U;
  return (static_cast<double>(bits) + 0.5) * 0x1p-53;
}

/// A whole number below `bound`, for bounds far below 2^64.
constexpr std::uint64_t below(std::uint64_t bound, std::uint64_t seed, std::uint64_t i) {
  return evidence::mixed(seed + evidence::mixed(i)) % bound;
}

}  // namespace sca::experiments
