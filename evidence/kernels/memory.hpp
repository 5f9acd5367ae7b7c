#pragma once

#include <cstddef>
#include <span>

namespace sca::evidence::kernels {

/// What lies around a kernel's buffers.
enum class Fence {
  band,  // 256 bytes on both sides that must not change: what goes wrong is found afterwards
  page   // behind the last byte a page that must not be touched: what goes wrong is a crash
};

/// Memory that a kernel is given. Every byte starts as 0xff, a NaN in every format, the band's too: what is
/// read and was never written turns into a NaN that a judge sees.
class Memory {
 public:
  /// `offset` bytes past a 64-byte boundary; under Fence::page the end comes first, and the beginning is
  /// aligned to 8 bytes at most.
  Memory(std::size_t bytes, Fence fence, std::size_t offset = 0);
  ~Memory();
  Memory(Memory&& other) noexcept;
  Memory& operator=(Memory&&) = delete;

  std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }
  /// Nothing around the buffer was written to.
  bool is_intact() const;

 private:
  std::byte* mapping_;
  std::size_t mapped_;
  std::byte* data_;
  std::size_t size_;
  std::size_t band_;
};

}  // namespace sca::evidence::kernels
