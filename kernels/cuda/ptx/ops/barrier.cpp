#include <algorithm>
#include <string>
#include <vector>

#include "kernels/cuda/ptx/memory/clocks.hpp"
#include "kernels/cuda/ptx/ops/collective.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

enum class Reduction { none, popc, all, any };  // Instruction::mode

// Instruction::second_mode
constexpr int aligned = 1;  // a warp comes to it as one
constexpr int arrives = 2;  // without waiting

/// Threads of a warp (of the block, if the whole block is expected) must have come to the very same
/// instruction.
void check_convergence(Thread& thread, Barrier& barrier) {
  const Instruction*& of_warp = barrier.at[thread.warp()];
  const bool block = barrier.all && !barrier.arrivals.empty();
  const Instruction* expected = block ? barrier.arrivals.front().at : of_warp;
  of_warp = thread.waits_at;
  if (expected == nullptr || expected == thread.waits_at) return;
  if ((thread.waits_at->second_mode & aligned) != 0) {
    fault(thread, "divergent barrier: another thread has come to another one");
  }
}

U64 reduction_of(const Block& block, const Barrier& barrier, Reduction reduction) {
  U32 ones = 0;
  for (const Barrier::Arrival& arrival : barrier.arrivals) {
    ones += static_cast<U32>(block.threads[arrival.thread].contribution.value & 1);
  }
  if (reduction == Reduction::popc) return ones;
  return (reduction == Reduction::all ? ones == barrier.arrivals.size() : ones != 0) ? 1 : 0;
}

void release(Block& block, Barrier& barrier) {
  std::vector<U32> arrived, waiting;
  for (const Barrier::Arrival& arrival : barrier.arrivals) {
    arrived.push_back(arrival.thread);
    if (arrival.waits) waiting.push_back(arrival.thread);
  }
  synchronise(block, arrived, waiting);
  for (const U32 index : waiting) {
    Thread& thread = block.threads[index];
    const Instruction& at = *thread.waits_at;
    const auto reduction = static_cast<Reduction>(at.mode);
    if (reduction != Reduction::none) thread.r(at.to) = reduction_of(block, barrier, reduction);
    thread.state = State::ready;
    ++thread.next;
  }
  barrier = {};
  ++block.counts->barriers;
}

U32 expected_threads(Thread& thread, const Instruction& instruction) {
  const auto all = static_cast<U32>(thread.block->threads.size());
  if (instruction.b < 0) return all;
  const U32 count = from_bits<U32>(thread.r(instruction.b));
  if (count == 0 || count % 32 != 0 || count > (all + 31) / 32 * 32) {
    fault(thread, "barrier of " + std::to_string(count) + " threads");
  }
  return std::min(count, all);
}

Outcome arrive(Thread& thread, const Instruction& instruction) {
  Block& block = *thread.block;
  const U32 id = from_bits<U32>(thread.r(instruction.a));
  if (id >= block.barriers.size()) fault(thread, "barrier " + std::to_string(id) + " of 16");
  Barrier& barrier = block.barriers[id];
  const U32 expected = expected_threads(thread, instruction);
  if (barrier.expected != 0 && barrier.expected != expected) {
    fault(thread, "barrier of " + std::to_string(expected) + " threads where others expect " +
                      std::to_string(barrier.expected));
  }
  barrier.expected = expected;
  barrier.all = instruction.b < 0;
  thread.waits_at = &instruction;
  thread.barrier = id;
  thread.contribution.value = 0;
  if (instruction.c >= 0)
    thread.contribution.value = (thread.r(instruction.c) ^ U64{instruction.negated}) & 1;
  check_convergence(thread, barrier);
  const bool waits = (instruction.second_mode & arrives) == 0;
  barrier.arrivals.push_back({thread.index, &instruction, waits});
  if (waits) thread.state = State::at_barrier;
  if (barrier.arrivals.size() == expected) release(block, barrier);
  if (!waits) return Outcome::next;
  return thread.state == State::ready ? Outcome::jumped : Outcome::blocked;
}

/// {bar, barrier}{.cta}.{sync, arrive, red}{.aligned}; bar alone is aligned.
Instruction build_barrier(Assembler& assembler, Statement& statement) {
  const bool bar = statement.mnemonic() == "bar";
  if (bar && statement.take("warp")) {
    if (!statement.take("sync")) statement.refuse("a bar.warp that is not understood");
    return build_warp_barrier(assembler, statement);
  }
  statement.take("cta");
  Instruction instruction;
  instruction.execute = &arrive;
  const bool together = statement.take("aligned") || bar;
  const int what = statement.take_any({"sync", "arrive", "red"});
  if (what < 0) statement.refuse("a barrier that is not understood");
  instruction.second_mode = (together ? aligned : 0) | (what == 1 ? arrives : 0);
  if (what == 2) {
    instruction.mode = statement.take_any({"popc", "and", "or"}) + 1;
    const bool counts = instruction.mode == static_cast<int>(Reduction::popc);
    if (instruction.mode == 0 || !statement.take(counts ? "u32" : "pred")) {
      statement.refuse("a barrier that is not understood");
    }
    instruction.to = assembler.destination(statement);
  }
  instruction.a = assembler.source(statement);
  const std::size_t others = what == 2 ? 1 : 0;
  if (statement.operands_left() > others) instruction.b = assembler.source(statement);
  if (what == 1 && instruction.b < 0) statement.refuse("no number of threads");
  if (what == 2) instruction.c = assembler.predicate(statement.operand(), instruction.negated, statement);
  return instruction;
}

}  // namespace

void add_barrier(Table& table) {
  table[{"bar", Family::any}] = build_barrier;
  table[{"barrier", Family::any}] = build_barrier;
}

}  // namespace sca::kernels::cuda::ptx
