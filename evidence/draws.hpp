#pragma once

#include <cstddef>
#include <cstdint>

#include "evidence/hash.hpp"

namespace sca::evidence {

/// The numbers that case i of a seed is drawn with.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t i) : key_(mixed(mixed(seed) + i)) {}

  std::uint64_t bits() { return mixed(key_ + next_++); }
  /// Uniform in [low, high]; the modulo's bias is of no concern here.
  std::size_t within(std::size_t low, std::size_t high) { return low + bits() % (high - low + 1); }
  bool one_in(std::size_t n) { return bits() % n == 0; }

 private:
  std::uint64_t key_;
  std::uint64_t next_ = 0;
};

}  // namespace sca::evidence
