#pragma once

#include <cstddef>

namespace sca::kernels::simd {

/// Hands out a workspace piece by piece, each aligned to 64 bytes. Without memory it only counts: what lays
/// the pieces out also tells how many bytes they take.
class Arena {
 public:
  explicit Arena(void* memory) : memory_(static_cast<std::byte*>(memory)) {}

  template <class T>
  T* take(std::size_t count) {
    std::byte* piece = memory_ == nullptr ? nullptr : memory_ + used_;
    used_ += (count * sizeof(T) + 63) / 64 * 64 + 64;
    return reinterpret_cast<T*>(piece);
  }
  std::size_t used() const { return used_; }

 private:
  std::byte* memory_;
  std::size_t used_ = 0;
};

}  // namespace sca::kernels::simd
