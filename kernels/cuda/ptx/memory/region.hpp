#pragma once

#include <string>
#include <vector>

#include "kernels/cuda/ptx/memory/cell.hpp"

namespace sca::kernels::cuda::ptx {

/// Bytes that belong together: an allocation, a variable. An access lies in one of them, or is wrong.
struct Region {
  U64 address = 0;
  std::size_t size = 0;
  std::string name;
  U8* bytes = nullptr;
  bool shared = false;
  std::vector<U8> written;        // by byte: does it hold anything?
  std::vector<U8> in_flight;      // by byte: asynchronous copies on their way to it. Shared memory only
  std::vector<Granule> granules;  // if races are looked for
  U64 era = 0;

  bool holds(U64 at, std::size_t n) const { return at >= address && n <= size && at - address <= size - n; }
};

}  // namespace sca::kernels::cuda::ptx
