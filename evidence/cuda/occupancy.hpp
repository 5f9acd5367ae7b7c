#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace sca::evidence::cuda {

/// What a multiprocessor has room for at a time. source: CUDA C++ Programming Guide, "Technical
/// specifications per compute capability"; all of them have 65536 registers, of which a warp gets multiples
/// of 256.
struct Architecture {
  int number;  // 80: sm_80
  int threads;
  std::int64_t shared;  // bytes
  int blocks;
  std::int64_t reserved;     // bytes of shared memory that every block costs besides its own
  std::int64_t granularity;  // of a block's shared memory, bytes
};

/// Those that the kernels are compiled for.
std::span<const Architecture> architectures();
/// errors   std::out_of_range for one that is not among them
const Architecture& architecture(int number);

struct BlockNeeds {
  int threads;
  int registers;        // of a thread
  std::int64_t shared;  // bytes, the launch's included
};

struct Occupancy {
  int blocks = 0;  // of a multiprocessor; 0: such a block does not run there
  int warps = 0;
  double share = 0;        // of the warps that it has room for
  std::string_view limit;  // what it is that allows no more: warps, registers, shared memory or blocks
};

/// domain   at least one thread
Occupancy occupancy(const Architecture& on, const BlockNeeds& block);

}  // namespace sca::evidence::cuda
