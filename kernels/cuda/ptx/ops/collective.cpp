#include "kernels/cuda/ptx/ops/collective.hpp"

#include <algorithm>
#include <bit>
#include <span>
#include <string>
#include <vector>

#include "kernels/cuda/ptx/ops/exchange.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

/// Has the lane come to the collective that `thread` waits in?
/// errors   Fault if it never will
bool has_arrived(Thread& thread, const Thread& other) {
  const auto wrong = [&](const char* what) {
    fault(thread, "warp collective: lane " + std::to_string(other.lane()) + " of the mask " + what);
  };
  if (other.state == State::exited) wrong("has exited");
  if (other.state == State::at_barrier) wrong("waits at a barrier of the block");
  if (other.state != State::in_collective) return false;
  const Instruction& mine = *thread.waits_at;
  const Instruction& theirs = *other.waits_at;
  const bool barriers = is_warp_barrier(mine) && is_warp_barrier(theirs);
  if (other.contribution.mask != thread.contribution.mask || (&mine != &theirs && !barriers)) {
    wrong("is in another collective");
  }
  return true;
}

/// Waits; the last lane to arrive does the work for all.
Outcome join(Thread& thread, const Instruction& instruction) {
  thread.state = State::in_collective;
  thread.waits_at = &instruction;
  const U32 mask = thread.contribution.mask, first = thread.index - thread.lane();
  if ((mask >> thread.lane() & 1) == 0)
    fault(thread, "warp collective: its mask does not have the thread itself");
  std::vector<Thread>& threads = thread.block->threads;
  for (U32 rest = mask; rest != 0; rest &= rest - 1) {
    const U32 other = first + static_cast<U32>(std::countr_zero(rest));
    if (other >= threads.size())
      fault(thread, "warp collective: its mask has lanes that the block does not have");
    if (!has_arrived(thread, threads[other])) return Outcome::blocked;
  }
  const Group group{std::span(threads).subspan(first, std::min<std::size_t>(32, threads.size() - first)),
                    mask};
  exchange(static_cast<Collective>(instruction.second_mode), group);
  group.each([](Thread& lane) {
    lane.state = State::ready;
    ++lane.next;
  });
  ++thread.block->counts->collectives;
  return Outcome::jumped;
}

Outcome execute(Thread& thread, const Instruction& instruction) {
  Contribution& own = thread.contribution;
  own.mask = from_bits<U32>(thread.r(instruction.d));
  own.value = instruction.a >= 0 ? thread.r(instruction.a) : 0;
  if (instruction.size != 0) own.value &= ~U64{0} >> (64 - 8 * instruction.size);
  if (instruction.negated) own.value = ~own.value;
  own.b = instruction.b >= 0 ? from_bits<U32>(thread.r(instruction.b)) : 0;
  own.c = instruction.c >= 0 ? from_bits<U32>(thread.r(instruction.c)) : 0;
  return join(thread, instruction);
}

Instruction of_kind(Collective kind) {
  Instruction instruction;
  instruction.execute = &execute;
  instruction.second_mode = static_cast<int>(kind);
  return instruction;
}

void need_sync(Statement& statement) {
  if (!statement.take("sync")) statement.refuse("a collective without .sync");
}

Instruction build_shuffle(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  const int kind = statement.take_any({"up", "down", "bfly", "idx"});
  if (kind < 0 || !statement.take("b32")) statement.refuse("a shuffle that is not understood");
  Instruction instruction = of_kind(static_cast<Collective>(kind));
  assembler.destinations(instruction, statement);
  instruction.a = assembler.source(statement);
  instruction.b = assembler.source(statement);
  instruction.c = assembler.source(statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

Instruction build_vote(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  const int kind = statement.take_any({"ballot", "any", "all", "uni"});
  const bool type = kind == 0 ? statement.take("b32") : statement.take("pred");
  if (kind < 0 || !type) statement.refuse("a vote that is not understood");
  Instruction instruction = of_kind(static_cast<Collective>(static_cast<int>(Collective::ballot) + kind));
  instruction.to = assembler.destination(statement);
  instruction.a = assembler.predicate(statement.operand(), instruction.negated, statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

Instruction build_match(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  const int kind = statement.take_any({"any", "all"});
  const Type type = statement.take_type();
  if (kind < 0 || (type != Type::b32 && type != Type::b64))
    statement.refuse("a match that is not understood");
  Instruction instruction = of_kind(kind == 0 ? Collective::match_any : Collective::match_all);
  instruction.size = size_of(type);
  assembler.destinations(instruction, statement);
  instruction.a = assembler.source(statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

Instruction build_reduce(Assembler& assembler, Statement& statement) {
  need_sync(statement);
  Instruction instruction = of_kind(Collective::reduce);
  instruction.mode = statement.take_any({"add", "min", "max", "and", "or", "xor"});
  instruction.type = statement.take_type();
  if (instruction.mode < 0 || family_of(instruction.type) != Family::integer ||
      size_of(instruction.type) != 4) {
    statement.refuse("a reduction that is not understood");
  }
  instruction.to = assembler.destination(statement);
  instruction.a = assembler.source(statement);
  instruction.d = assembler.source(statement);
  return instruction;
}

/// Of what may be executing together, each thread of a warp may be alone. It says so, whatever the schedule.
Instruction build_active_mask(Assembler& assembler, Statement& statement) {
  if (!statement.take("b32")) statement.refuse("unknown type of activemask");
  Instruction instruction;
  instruction.to = assembler.destination(statement);
  instruction.execute = [](Thread& thread, const Instruction& i) {
    thread.r(i.to) = U64{1} << thread.lane();
    return Outcome::next;
  };
  return instruction;
}

}  // namespace

bool is_warp_barrier(const Instruction& instruction) {
  return instruction.execute == &execute && instruction.second_mode == static_cast<int>(Collective::barrier);
}

Instruction build_warp_barrier(Assembler& assembler, Statement& statement) {
  Instruction instruction = of_kind(Collective::barrier);
  instruction.d = assembler.source(statement);
  return instruction;
}

void add_collective(Table& table) {
  table[{"shfl", Family::any}] = build_shuffle;
  table[{"vote", Family::any}] = build_vote;
  table[{"match", Family::any}] = build_match;
  table[{"redux", Family::any}] = build_reduce;
  table[{"activemask", Family::any}] = build_active_mask;
}

}  // namespace sca::kernels::cuda::ptx
