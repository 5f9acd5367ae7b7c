#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace sca::reference {

/// The sizes of a transformer block.
struct BlockConfig {
  std::size_t D = 0;
  std::size_t num_heads = 1;
  std::size_t num_kv_heads = 1;  // query head h reads key-value head h / (num_heads / num_kv_heads)
  std::size_t d_ff = 1;
  bool qk_norm = false;
  std::size_t maxlen = 1;  // rows of the key-value cache
  std::size_t ck = 0;      // taps of a convolution with SiLU in front of q, k and v; 0: none, as released

  std::size_t hd() const { return D / num_heads; }
  std::size_t kv() const { return num_kv_heads * hd(); }
};

/// Throws std::invalid_argument that names the first field which cannot be.
inline void validate(const BlockConfig& c) {
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(std::string("transformer block: ") + what);
  };
  require(c.D > 0 && c.num_heads > 0 && c.D % c.num_heads == 0, "num_heads must divide D, both positive");
  require(c.hd() % 2 == 0, "the head dimension D / num_heads must be even");
  require(c.num_kv_heads > 0 && c.num_heads % c.num_kv_heads == 0, "num_kv_heads must divide num_heads");
  require(c.d_ff > 0, "d_ff must be positive");
  require(c.maxlen > 0, "maxlen must be positive");
}

}  // namespace sca::reference
