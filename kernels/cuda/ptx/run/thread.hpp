#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernels/cuda/ptx/load/function.hpp"

namespace sca::kernels::cuda::ptx {

struct Block;

struct Frame {
  const Function* function = nullptr;
  int next = 0;  // the instruction to be executed when the frame goes on
  std::vector<U64> registers;
  std::vector<U8> parameters;
  std::size_t local_base = 0;
  const Call* call = nullptr;  // that made it
};

/// An asynchronous copy that has been asked for and not been waited for.
struct Copy {
  U64 to, from;
  std::size_t bytes, read;  // what is not read is zeros
  int request;
  U64 group;
};

enum class State { ready, at_barrier, in_collective, exited };

/// What a lane brings to a collective of its warp, and takes from it.
struct Contribution {
  U32 mask = 0;
  U64 value = 0;
  U32 b = 0, c = 0;
};

/// One thread of a block.
struct Thread {
  Block* block = nullptr;
  U32 index = 0;  // in its block
  State state = State::ready;

  // Of the frame that is running, for speed.
  U64* registers = nullptr;
  const Instruction* code = nullptr;
  int next = 0;

  std::vector<std::unique_ptr<Frame>> frames;
  std::size_t depth = 0;  // frames in use
  std::vector<U8> local, local_written;

  bool carry = false;                     // of add.cc and its kin
  const Instruction* waits_at = nullptr;  // a barrier or a collective
  U32 barrier = 0;                        // which one
  Contribution contribution;
  std::vector<Copy> copies;
  U64 copy_groups = 0;  // committed

  U32 clock = 1;                                 // of its own memory accesses
  std::shared_ptr<const std::vector<U32>> seen;  // by thread: up to which clock its accesses come before ours

  U32 lane() const { return index % 32; }
  U32 warp() const { return index / 32; }
  U64& r(int slot) { return registers[slot]; }
  Frame& frame() { return *frames[depth - 1]; }
};

/// Begins a function: the thread goes on with its first instruction.
void enter(Thread& thread, const Function& function, const Call* call);
/// Ends it. False if it was the kernel itself.
bool leave(Thread& thread);

/// errors   throws Fault that tells where the thread is
[[noreturn]] void fault(const Thread& thread, const std::string& what);

}  // namespace sca::kernels::cuda::ptx
