#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "kernels/cuda/fiber/failure.hpp"

namespace sca::kernels::cuda::fiber {

/// What kernels see as the device's memory: allocations with something around each that nobody may write.
class GlobalMemory {
 public:
  GlobalMemory() = default;
  ~GlobalMemory();
  GlobalMemory(const GlobalMemory&) = delete;
  GlobalMemory& operator=(const GlobalMemory&) = delete;

  /// Aligned to 256 and filled with 0xff.
  /// errors   std::bad_alloc
  void* allocate(std::size_t bytes, std::string_view name);
  /// False where it is none of ours.
  bool release(void* memory);
  /// Whether one allocation has all of these bytes.
  bool has(const void* begin, std::size_t bytes) const;
  /// Tells of an allocation that was overrun.
  void check(Failure& failure) const;

 private:
  struct Allocation {
    char* whole;
    char* begin;
    std::size_t bytes;
    char name[48];
  };
  static bool is_intact(const Allocation& one);

  std::vector<Allocation> all_;
};

}  // namespace sca::kernels::cuda::fiber
