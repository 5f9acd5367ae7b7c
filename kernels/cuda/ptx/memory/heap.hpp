#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "kernels/cuda/ptx/memory/region.hpp"

namespace sca::kernels::cuda::ptx {

/// Global memory. Addresses are those of the host.
class Heap {
 public:
  /// Exactly so many bytes, aligned to 256, all 0xff and unwritten.
  Region& allocate(std::size_t bytes, std::string_view name);
  /// errors   Fault if there is no such allocation
  void release(void* memory);
  /// The allocation that all of them lie in, or none.
  Region* find(U64 address, std::size_t bytes);
  /// "; 4 bytes behind x of 16 bytes", if the address is near one.
  std::string neighbourhood(U64 address) const;

 private:
  struct Block {
    std::unique_ptr<U8[]> storage;
    Region region;
  };
  std::map<U64, Block> blocks_;  // by address
  Region* last_ = nullptr;
};

}  // namespace sca::kernels::cuda::ptx
