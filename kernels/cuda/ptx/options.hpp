#pragma once

#include "kernels/cuda/ptx/bits.hpp"

namespace sca::kernels::cuda::ptx {

/// In which order the threads of a block, and the blocks of a grid, have their turns.
enum class Schedule { round_robin, reverse, random };

struct Options {
  Schedule schedule = Schedule::round_robin;
  bool preempt = false;  // a turn ends after a random number of instructions, not only where the thread waits
  U64 seed = 0;          // of everything random
  bool races = true;     // two accesses to a byte, one of them a write, that nothing orders
  bool uninitialised = true;     // reads of bytes that nobody has written
  bool sectors = false;          // count what each request of a warp touches
  double approximate_error = 0;  // of what .approx may be wrong by, how much it is, at random: 0 none, 1 all
  U64 instruction_limit = 0;     // of one launch; more is a Fault. 0: none
};

}  // namespace sca::kernels::cuda::ptx
