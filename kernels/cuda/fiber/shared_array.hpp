#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

#include "kernels/cuda/fiber/site.hpp"

namespace sca::kernels::cuda {

namespace fiber {

/// So many bytes of the running block's shared memory, filled with 0xff and guarded. `*owner` becomes null
/// when the block ends. errors   Fault above 48 KiB of all static arrays, or 227 KiB with the dynamic memory
void* acquire_static_shared(std::size_t bytes, void** owner, const char* type);

/// The running block's dynamic shared memory; null if it has none.
void* dynamic_shared();

}  // namespace fiber

/// What is T[N] on the device. It has memory from a thread's first access to the end of the block, and checks
/// indices; a pointer into it does not (AddressSanitizer does: its bytes are exact). No constructor: the
/// guard variable that one needs would be a race between threads.
template <class T, int N>
class SharedArray {
  static_assert(std::is_trivially_destructible_v<T> && N > 0);

 public:
  /// errors   Fault outside of [0, N)
  template <std::integral Index>
  T& operator[](Index index) {
    if (static_cast<unsigned long long>(index) >= static_cast<unsigned long long>(N)) [[unlikely]]
      fiber::fail({}, "index %lld of a shared array of %d", static_cast<long long>(index), N);
    return data()[index];
  }
  operator T*() { return data(); }

 private:
  T* data() {
    if (memory_ == nullptr) [[unlikely]]
      return static_cast<T*>(fiber::acquire_static_shared(sizeof(T) * N, &memory_, __PRETTY_FUNCTION__));
    return static_cast<T*>(memory_);
  }

  void* memory_ = nullptr;
};

/// What the launch asked for with shared_bytes, aligned to 256; null if nothing.
template <class T>
T* shared_memory() {
  return static_cast<T*>(fiber::dynamic_shared());
}

}  // namespace sca::kernels::cuda
