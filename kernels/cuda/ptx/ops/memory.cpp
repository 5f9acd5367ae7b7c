#include <cstring>

#include "kernels/cuda/ptx/memory/access.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/qualifiers.hpp"

namespace sca::kernels::cuda::ptx {

Space take_access_space(Statement& statement, bool constants) {
  if (statement.take_any({"shared", "shared::cta"}) >= 0) return Space::shared;
  if (statement.take("global") || (constants && statement.take("const"))) return Space::global;
  if (statement.take("local")) return Space::local;
  if (statement.take_any({"param", "param::entry", "param::func"}) >= 0) return Space::param;
  return Space::generic;
}

bool take_strong(Statement& statement) {
  const bool plain = statement.take_any({"weak", "volatile"}) >= 0;
  const bool strong = statement.take_any({"relaxed", "acquire", "release", "acq_rel"}) >= 0;
  if (strong) statement.ignore({"cta", "cluster", "gpu", "sys"});
  return strong && !plain;
}

void ignore_cache_hints(Statement& statement) {
  statement.ignore({"ca", "cg", "cs", "lu", "cv", "wb", "wt"});
  statement.ignore(
      {"L1::evict_normal", "L1::evict_unchanged", "L1::evict_first", "L1::evict_last", "L1::no_allocate"});
  statement.ignore({"L2::evict_normal", "L2::evict_first", "L2::evict_last"});
  statement.ignore({"L2::64B", "L2::128B", "L2::256B"});
}

namespace {

Request request_of(Thread& thread, const Instruction& instruction) {
  return {instruction.space, effective_address(thread, instruction),
          static_cast<std::size_t>(instruction.size * instruction.count),
          static_cast<Access>(instruction.mode), instruction.request};
}

Outcome load(Thread& thread, const Instruction& instruction) {
  const U8* bytes = checked(thread, request_of(thread, instruction));
  const auto size = static_cast<std::size_t>(instruction.size);
  for (std::size_t i = 0; i < static_cast<std::size_t>(instruction.count); ++i) {
    U64 value = 0;
    std::memcpy(&value, bytes + i * size, size);
    thread.r(instruction.elements[i]) = extended(value, instruction.type);
  }
  return Outcome::next;
}

Outcome store(Thread& thread, const Instruction& instruction) {
  U8* bytes = checked(thread, request_of(thread, instruction));
  const auto size = static_cast<std::size_t>(instruction.size);
  for (std::size_t i = 0; i < static_cast<std::size_t>(instruction.count); ++i) {
    std::memcpy(bytes + i * size, &thread.r(instruction.elements[i]), size);
  }
  return Outcome::next;
}

/// Everything of ld and st but the operands.
Instruction access(Assembler& assembler, Statement& statement, bool loads) {
  Instruction instruction;
  const bool strong = take_strong(statement);
  instruction.space = take_access_space(statement, loads);
  Access how = loads ? Access::read : Access::write;
  if (strong) how = loads ? Access::strong_read : Access::strong_write;
  if (loads && instruction.space == Space::global && statement.take("nc")) how = Access::constant_read;
  instruction.mode = static_cast<int>(how);
  ignore_cache_hints(statement);
  instruction.count = statement.take("v2") ? 2 : statement.take("v4") ? 4 : statement.take("v8") ? 8 : 1;
  instruction.type = statement.take_type();
  instruction.size = size_of(instruction.type);
  if (instruction.type == Type::pred || instruction.size * instruction.count > 32) {
    statement.refuse("unknown type of " + statement.mnemonic());
  }
  const bool reaches_global = instruction.space == Space::global || instruction.space == Space::generic;
  if (reaches_global) instruction.request = assembler.next_request();
  return instruction;
}

void check_count(const Instruction& instruction, int count, const Statement& statement) {
  if (instruction.count != count) statement.refuse("a vector of another size");
}

Instruction build_load(Assembler& assembler, Statement& statement) {
  Instruction instruction = access(assembler, statement, true);
  const int count = instruction.count;
  assembler.destination_elements(statement.operand(), instruction, statement);
  check_count(instruction, count, statement);
  assembler.address(statement.operand(), instruction, statement);
  instruction.execute = &load;
  return instruction;
}

Instruction build_store(Assembler& assembler, Statement& statement) {
  Instruction instruction = access(assembler, statement, false);
  const int count = instruction.count;
  assembler.address(statement.operand(), instruction, statement);
  assembler.source_elements(statement.operand(), instruction, statement);
  check_count(instruction, count, statement);
  instruction.execute = &store;
  return instruction;
}

Instruction build_prefetch(Assembler& assembler, Statement& statement) {
  take_access_space(statement, false);
  statement.ignore({"L1", "L2"});
  Instruction instruction;
  assembler.address(statement.operand(), instruction, statement);
  instruction.execute = [](Thread&, const Instruction&) { return Outcome::next; };
  return instruction;
}

}  // namespace

void add_memory(Table& table) {
  table[{"ld", Family::any}] = build_load;
  table[{"st", Family::any}] = build_store;
  table[{"prefetch", Family::any}] = build_prefetch;
}

}  // namespace sca::kernels::cuda::ptx
