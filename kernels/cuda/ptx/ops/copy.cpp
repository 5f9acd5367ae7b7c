#include <algorithm>
#include <cstring>

#include "kernels/cuda/ptx/memory/access.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/qualifiers.hpp"
#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

// An asynchronous copy may happen at any time between the instruction and the wait. It happens at the wait,
// and until then nobody may touch where it goes to.

void mark_in_flight(Thread& thread, const Copy& copy, int by) {
  Region* region = thread.block->shared.find(copy.to, copy.bytes);
  if (region == nullptr) fault(thread, "asynchronous copy to outside of every shared variable");
  for (std::size_t i = 0; i < copy.bytes; ++i) {
    U8& count = region->in_flight[copy.to - region->address + i];
    count = static_cast<U8>(count + by);
  }
}

void perform(Thread& thread, const Copy& copy) {
  mark_in_flight(thread, copy, -1);
  U8* to = checked(thread, {Space::shared, copy.to, copy.bytes, Access::write});
  std::memset(to, 0, copy.bytes);
  if (copy.read == 0) return;
  const U8* from = checked(thread, {Space::global, copy.from, copy.read, Access::read, copy.request, 1});
  std::memcpy(to, from, copy.read);
}

Outcome start(Thread& thread, const Instruction& instruction) {
  Copy copy{thread.r(instruction.a) + static_cast<U64>(instruction.offset),
            thread.r(instruction.b) + static_cast<U64>(instruction.elements[0]),
            static_cast<std::size_t>(instruction.size),
            static_cast<std::size_t>(instruction.size),
            instruction.request,
            thread.copy_groups};
  if (instruction.c >= 0)
    copy.read = std::min<std::size_t>(from_bits<U32>(thread.r(instruction.c)), copy.bytes);
  if (space_of(copy.from) != Space::global) fault(thread, "asynchronous copy from what is not global memory");
  if (copy.to % copy.bytes != 0 || copy.from % copy.bytes != 0) fault(thread, "misaligned asynchronous copy");
  mark_in_flight(thread, copy, 1);
  thread.copies.push_back(copy);
  return Outcome::next;
}

/// Copies of groups before this one.
void finish_before(Thread& thread, U64 group) {
  const auto pending = std::stable_partition(thread.copies.begin(), thread.copies.end(),
                                             [group](const Copy& copy) { return copy.group < group; });
  const std::vector<Copy> due(thread.copies.begin(), pending);
  thread.copies.erase(thread.copies.begin(), pending);
  for (const Copy& copy : due) perform(thread, copy);
}

Outcome commit(Thread& thread, const Instruction&) {
  ++thread.copy_groups;
  return Outcome::next;
}

Outcome wait_group(Thread& thread, const Instruction& instruction) {
  const auto recent = static_cast<U64>(instruction.mode);
  if (thread.copy_groups > recent) finish_before(thread, thread.copy_groups - recent);
  return Outcome::next;
}

Outcome wait_all(Thread& thread, const Instruction&) {
  finish_before(thread, ~U64{0});
  return Outcome::next;
}

Instruction build_start(Assembler& assembler, Statement& statement) {
  const int cache = statement.take_any({"ca", "cg"});
  const bool shared = statement.take("shared") || statement.take("shared::cta");
  if (cache < 0 || !shared || !statement.take("global"))
    statement.refuse("a cp.async that is not understood");
  ignore_cache_hints(statement);
  Instruction instruction, source;
  assembler.address(statement.operand(), instruction, statement);
  assembler.address(statement.operand(), source, statement);
  instruction.b = source.a;
  instruction.elements[0] = static_cast<int>(source.offset);
  instruction.size = static_cast<int>(assembler.literal(statement));
  const bool whole =
      instruction.size == 16 || (cache == 0 && (instruction.size == 4 || instruction.size == 8));
  if (!whole) statement.refuse("a cp.async of another size");
  if (statement.has_operand()) instruction.c = assembler.source(statement);
  instruction.request = assembler.next_request();
  instruction.execute = &start;
  return instruction;
}

Instruction build_copy(Assembler& assembler, Statement& statement) {
  if (!statement.take("async")) statement.refuse("unknown instruction cp");
  Instruction instruction;
  if (statement.take("commit_group")) {
    instruction.execute = &commit;
  } else if (statement.take("wait_group")) {
    instruction.mode = static_cast<int>(assembler.literal(statement));
    instruction.execute = &wait_group;
  } else if (statement.take("wait_all")) {
    instruction.execute = &wait_all;
  } else {
    instruction = build_start(assembler, statement);
  }
  return instruction;
}

}  // namespace

void add_copy(Table& table) { table[{"cp", Family::any}] = build_copy; }

}  // namespace sca::kernels::cuda::ptx
