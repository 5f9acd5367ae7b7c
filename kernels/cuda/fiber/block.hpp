#pragma once

#include <cstdint>
#include <vector>

#include "kernels/cuda/fiber/collectives.hpp"
#include "kernels/cuda/fiber/failure.hpp"
#include "kernels/cuda/fiber/ordering.hpp"
#include "kernels/cuda/fiber/schedule.hpp"
#include "kernels/cuda/fiber/shared_memory.hpp"
#include "kernels/cuda/fiber/stack.hpp"
#include "kernels/cuda/fiber/vectors.hpp"

namespace sca::kernels::cuda::fiber {

struct Statistics {
  std::uint64_t blocks = 0, threads = 0, switches = 0, barriers = 0, warp_collectives = 0;
};

/// What every thread of every block does.
struct Work {
  void (*body)(const void* argument);
  const void* argument;
  unsigned threads;
  std::size_t dynamic_bytes;
};

enum class State : unsigned char { fresh, ready, at_barrier, in_warp, exited };

/// A CUDA thread.
struct Thread {
  State state = State::fresh;
  Stack* stack = nullptr;
  Site barrier;
  int predicate = 0;
  WarpCall call;
  std::uint64_t result = 0;
  unsigned barriers = 0;  // how many it has passed
};

/// The threads of one block after another, on the calling OS thread. A fiber is switched only where it waits.
class Block {
 public:
  Block(const Work& work, const Schedule& schedule, Stacks& stacks, SharedMemory& shared, Ordering& ordering,
        Failure& failure, Statistics& statistics);

  /// What runs on the stacks.
  static void run_threads(Stack& stack);
  /// The one that runs on this OS thread; null outside of launches.
  static Block* current();

  /// Until all threads have exited, or there is a failure: then its stacks must be dropped.
  void run(uint3 index);

  // For its threads.
  int wait_for_block(Reduction reduction, int predicate, Site where);
  std::uint64_t wait_for_warp(const WarpCall& call);
  [[noreturn]] void fail(Site where, const char* text);
  SharedMemory& shared() { return shared_; }
  Ordering& ordering() { return ordering_; }

 private:
  // block.cpp
  void begin(uint3 index);
  Thread* take_fresh();
  void select(Thread& thread);
  void resume(Thread& thread);
  bool run_round();
  void run_fresh(Stack& stack) noexcept;
  void suspend();
  [[noreturn]] void leave();
  void order_abandoned();
  unsigned number(const Thread& thread) const { return static_cast<unsigned>(&thread - threads_.data()); }

  // barrier.cpp
  void continue_or_explain();
  bool explain_warp_deadlock();
  bool explain_divergence();
  void release_barrier();

  // warp.cpp
  void check_call(const WarpCall& call, unsigned lane);
  void meet_warp(unsigned warp, unsigned lane, const WarpCall& call);
  static unsigned source_lane(const WarpCall& call, unsigned lane);
  void deliver(unsigned warp, const WarpCall& completing);
  int find_stranger(unsigned warp, const WarpCall& call) const;
  const char* whereabouts(unsigned warp, unsigned lane, char (&text)[80]) const;

  /// Of a warp, which lanes wait in a collective of it, and which have exited, wait for the block, or never
  /// were.
  struct Lanes {
    unsigned waiting = 0;
    unsigned elsewhere = 0;
  };

  const Work& work_;
  const Schedule& schedule_;
  Shuffler shuffler_;
  Stacks& stacks_;
  SharedMemory& shared_;
  Ordering& ordering_;
  Failure& failure_;
  Statistics& statistics_;

  uint3 index_{0, 0, 0};
  std::vector<Thread> threads_;
  std::vector<Lanes> warps_;
  std::vector<unsigned> order_;
  std::size_t fresh_ = 0;  // in order_: those before it have been started
  Thread* running_ = nullptr;
};

}  // namespace sca::kernels::cuda::fiber
