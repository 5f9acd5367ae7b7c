#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "kernels/plugin.h"

namespace sca::bench {

/// Memory of 64-byte alignment, in ordinary pages as a caller's is. Of any content.
class Block {
 public:
  explicit Block(std::size_t bytes = 0)
      : bytes_(bytes), data_(static_cast<std::byte*>(::operator new(bytes, alignment))) {}
  std::byte* data() const { return data_.get(); }
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::align_val_t alignment{64};
  struct Free {
    void operator()(std::byte* data) const { ::operator delete(data, alignment); }
  };
  std::size_t bytes_;
  std::unique_ptr<std::byte, Free> data_;
};

/// A tensor [B, L, width], contiguous.
struct TokenBlock {
  TokenBlock(const sca_core_shape& shape, std::int64_t width_of_token, std::size_t element_bytes)
      : memory(static_cast<std::size_t>(shape.B * shape.L * width_of_token) * element_bytes),
        width(width_of_token),
        sequence(shape.L * width_of_token) {}

  sca_tokens view() const { return {memory.data(), sequence, width}; }
  sca_const_tokens input() const { return {memory.data(), sequence, width}; }

  Block memory;
  std::int64_t width, sequence;
};

}  // namespace sca::bench
