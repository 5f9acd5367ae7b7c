#pragma once

#include <vector>

#include "evidence/kernels/memory.hpp"
#include "evidence/kernels/number_format.hpp"
#include "reference/tensor.hpp"

namespace sca::evidence::kernels {

/// How a kernel's arguments lie in memory.
struct Layout {
  Fence fence = Fence::band;
  std::size_t gap = 0;           // elements between tokens, and seven times as many between sequences
  std::size_t misalignment = 0;  // elements past a 64-byte boundary
};

/// A tensor [B, L, ...] in a kernel's memory, or one without tokens (parameters, states): B = L = 1.
class Buffer {
 public:
  Buffer(const reference::Shape& shape, std::size_t leading, const NumberFormat& format,
         const Layout& layout);
  /// Of a token tensor's two strides.
  static Buffer tokens(const reference::Shape& shape, const NumberFormat& format, const Layout& layout) {
    return {shape, 2, format, layout};
  }
  static Buffer plain(const reference::Shape& shape, const NumberFormat& format, const Layout& layout) {
    return {shape, 0, format, layout};
  }

  Buffer& fill(const std::vector<double>& values);
  reference::Tensor<double> read() const;

  std::byte* data() const { return memory_.data(); }
  /// From token t on.
  std::byte* data(std::size_t t) const { return memory_.data() + t * token_stride_ * format_->bytes; }
  std::int64_t sequence_stride() const { return static_cast<std::int64_t>(sequence_stride_); }
  std::int64_t token_stride() const { return static_cast<std::int64_t>(token_stride_); }

  /// Neither the gaps nor what lies around was written to.
  bool is_intact() const;
  /// Still what it was filled with.
  bool is_unchanged() const;

 private:
  std::byte* at(std::size_t b, std::size_t t) const;

  reference::Shape shape_;
  const NumberFormat* format_;
  std::size_t sequences_, tokens_, width_, token_stride_, sequence_stride_;
  Memory memory_;
  std::vector<std::byte> filled_;
};

}  // namespace sca::evidence::kernels
