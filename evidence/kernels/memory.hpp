#pragma once

#include <cstddef>
#include <span>

namespace sca::evidence::kernels {

/// What lies around a kernel's buffers. What goes wrong is found afterwards.
enum class Fence {
  band,  // 256 bytes on both sides that must not change
  page  // behind the last byte a page that must not be touched: a read is found too, even one whose result is
        // not used
};

/// Memory that a kernel is given. Every byte starts as 0xff, a NaN in every format, the band's too: what is
/// read and was never written turns into a NaN that a judge sees.
class Memory {
 public:
  /// `offset` bytes past a 64-byte boundary; under Fence::page the end comes first, and the beginning is
  /// aligned as the size allows.
  Memory(std::size_t bytes, Fence fence, std::size_t offset = 0);
  ~Memory();
  Memory(Memory&& other) noexcept;
  Memory& operator=(Memory&&) = delete;

  std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }
  /// Nothing around the buffer was written to; under Fence::page: nor read, behind it.
  bool is_intact() const;

 private:
  std::byte* block_;
  std::size_t mapped_;  // 0: the block is of the heap
  std::byte* data_;
  std::size_t size_;
};

}  // namespace sca::evidence::kernels
