#pragma once

#include <vector>

#include "kernels/cuda/ptx/load/function.hpp"
#include "kernels/cuda/ptx/memory/region.hpp"

namespace sca::kernels::cuda::ptx {

/// Shared memory of a block: one region for each variable, and one for what the launch asked for.
class SharedMemory {
 public:
  /// errors   none
  void lay_out(const std::vector<SharedVariable>& variables, std::size_t dynamic_bytes);
  /// A new block: NaN everywhere, nothing written.
  void reset();
  Region* find(U64 address, std::size_t bytes);
  U64 dynamic_address() const { return dynamic_address_; }

 private:
  std::vector<U64> storage_;
  std::vector<Region> regions_;
  std::size_t last_ = 0;
  U64 dynamic_address_ = 0, era_ = 0;
};

}  // namespace sca::kernels::cuda::ptx
