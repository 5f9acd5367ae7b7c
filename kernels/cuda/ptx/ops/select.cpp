#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

Outcome select(Thread& thread, const Instruction& instruction) {
  const bool first = (thread.r(instruction.c) & 1) != 0;
  thread.r(instruction.to) = extended(thread.r(first ? instruction.a : instruction.b), instruction.type);
  return Outcome::next;
}

/// a if c is not negative. NaN is not.
Outcome select_by_sign(Thread& thread, const Instruction& instruction) {
  const U64 c = thread.r(instruction.c);
  const bool first = instruction.source_type == Type::f32 ? from_bits<float>(c) >= 0 : from_bits<S32>(c) >= 0;
  thread.r(instruction.to) = extended(thread.r(first ? instruction.a : instruction.b), instruction.type);
  return Outcome::next;
}

Instruction build_select(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 3);
  instruction.type = type;
  set_execute(instruction, size_of(type) < 2 ? nullptr : &select, statement);
  return instruction;
}

Instruction build_select_by_sign(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type(), by = statement.take_type();
  if (by != Type::s32 && by != Type::f32) statement.refuse("unknown type of slct");
  Instruction instruction = with_operands(assembler, statement, 3);
  instruction.type = type;
  instruction.source_type = by;
  set_execute(instruction, size_of(type) < 2 ? nullptr : &select_by_sign, statement);
  return instruction;
}

}  // namespace

void add_select(Table& table) {
  table[{"selp", Family::any}] = build_select;
  table[{"slct", Family::any}] = build_select_by_sign;
}

}  // namespace sca::kernels::cuda::ptx
