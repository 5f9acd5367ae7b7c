#include "kernels/cuda/ptx/run/block.hpp"

#include <algorithm>
#include <numeric>
#include <string>

namespace sca::kernels::cuda::ptx {
namespace {

// Without preemption too, nobody waits for ever on somebody who spins.
constexpr U64 long_turn = U64{1} << 20;

/// So many instructions of one thread, or until it waits or exits.
void take_turn(Thread& thread, U64 instructions) {
  U64 left = instructions;
  while (left != 0) {
    const Instruction& instruction = thread.code[thread.next];
    --left;
    if (instruction.guard >= 0 && ((thread.r(instruction.guard) & 1) != 0) == instruction.guard_negated) {
      ++thread.next;
      continue;
    }
    const Outcome outcome = instruction.execute(thread, instruction);
    if (outcome == Outcome::next) {
      ++thread.next;
    } else if (outcome != Outcome::jumped) {
      break;
    }
  }
  thread.block->counts->instructions += instructions - left;
}

void shuffle(std::vector<U32>& order, std::mt19937_64& random) {
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

const Thread* first_in(const Block& block, State state) {
  const auto found = std::find_if(block.threads.begin(), block.threads.end(),
                                  [state](const Thread& thread) { return thread.state == state; });
  return found == block.threads.end() ? nullptr : &*found;
}

/// Nobody can go on. Why?
[[noreturn]] void explain_deadlock(const Block& block) {
  if (const Thread* waiting = first_in(block, State::in_collective)) {
    fault(*waiting, "warp collective: not all lanes of the mask come to it");
  }
  const Thread& waiting = *first_in(block, State::at_barrier);
  if (const Thread* exited = first_in(block, State::exited)) {
    fault(waiting, "divergent barrier: thread " + std::to_string(exited->index) + " has exited");
  }
  for (const Thread& other : block.threads) {
    if (other.waits_at == waiting.waits_at && other.barrier == waiting.barrier) continue;
    fault(waiting, "divergent barrier: thread " + std::to_string(other.index) + " waits at another one");
  }
  fault(waiting, "barrier: too few threads come to it");
}

void check_limit(const Block& block) {
  const U64 limit = block.options->instruction_limit;
  if (limit != 0 && block.counts->instructions > limit) {
    const Thread* running = first_in(block, State::ready);
    fault(running != nullptr ? *running : block.threads.front(),
          "more instructions than the launch may have");
  }
}

}  // namespace

void run(Block& block) {
  const Options& options = *block.options;
  std::vector<U32> order(block.threads.size());
  std::iota(order.begin(), order.end(), 0U);
  if (options.schedule == Schedule::reverse) std::reverse(order.begin(), order.end());
  constexpr U64 longest_preempted_turn = 40;
  for (;;) {
    if (options.schedule == Schedule::random) shuffle(order, block.random);
    bool ran = false;
    for (const U32 index : order) {
      Thread& thread = block.threads[index];
      if (thread.state != State::ready) continue;
      ran = true;
      take_turn(thread, options.preempt ? 1 + block.random() % longest_preempted_turn : long_turn);
    }
    check_limit(block);
    if (ran) continue;
    const bool done = std::all_of(block.threads.begin(), block.threads.end(),
                                  [](const Thread& thread) { return thread.state == State::exited; });
    if (done) return;
    explain_deadlock(block);
  }
}

}  // namespace sca::kernels::cuda::ptx
