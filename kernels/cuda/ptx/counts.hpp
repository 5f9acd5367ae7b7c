#pragma once

#include <string>
#include <vector>

#include "kernels/cuda/ptx/bits.hpp"

namespace sca::kernels::cuda::ptx {

/// What launches did, all threads together.
struct Counts {
  U64 instructions = 0;  // with those that their guard skips
  U64 barriers = 0;      // of blocks: completed
  U64 collectives = 0;   // of warps: completed shuffles, votes, warp barriers
  U64 global_loads = 0, global_stores = 0, global_atomics = 0;
  U64 shared_accesses = 0, local_accesses = 0;
};

/// What one instruction asked global memory for. Counted if Options::sectors.
struct RequestCount {
  std::string kernel, instruction;
  bool store = false;  // atomics count as stores
  U64 requests = 0;    // the k-th execution of the instruction by the lanes of a warp is one
  U64 sectors = 0;     // different 32-byte sectors, added up over requests
  U64 bytes = 0;       // asked for, added up over lanes
};

/// Of 32 bytes.
struct SectorTotals {
  U64 loaded = 0, stored = 0;
};

inline SectorTotals totals(const std::vector<RequestCount>& counts) {
  SectorTotals sum;
  for (const RequestCount& count : counts) (count.store ? sum.stored : sum.loaded) += count.sectors;
  return sum;
}

}  // namespace sca::kernels::cuda::ptx
