#pragma once

#include <array>
#include <random>
#include <vector>

#include "kernels/cuda/ptx/counts.hpp"
#include "kernels/cuda/ptx/load/module.hpp"
#include "kernels/cuda/ptx/memory/heap.hpp"
#include "kernels/cuda/ptx/memory/shared.hpp"
#include "kernels/cuda/ptx/options.hpp"
#include "kernels/cuda/ptx/run/requests.hpp"
#include "kernels/cuda/ptx/run/thread.hpp"
#include "kernels/cuda/runner.hpp"

namespace sca::kernels::cuda::ptx {

/// One of the sixteen barriers of a block, while threads arrive.
struct Barrier {
  U32 expected = 0;  // 0: nobody has arrived
  bool all = false;  // expected is the whole block because no number was given
  struct Arrival {
    U32 thread;
    const Instruction* at;
    bool waits;
  };
  std::vector<Arrival> arrivals;
  std::array<const Instruction*, 32> at{};  // by warp: where its first thread came to the barrier
};

/// What the threads of the running block share.
struct Block {
  const Options* options = nullptr;
  const Module* module = nullptr;
  Heap* heap = nullptr;
  Counts* counts = nullptr;
  Requests* requests = nullptr;
  const Function* kernel = nullptr;

  Grid grid, id;   // id counts from 0
  U32 index = 0;   // in the grid
  U64 launch = 0;  // counts launches: the era of global memory
  SharedMemory shared;
  std::array<Barrier, 16> barriers;
  std::vector<Thread> threads;
  std::mt19937_64 random;
};

/// Executes the block to its end: block.threads have entered the kernel.
/// errors   Fault
void run(Block& block);

}  // namespace sca::kernels::cuda::ptx
