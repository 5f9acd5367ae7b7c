#pragma once

#include "kernels/cuda/ptx/ops/table.hpp"
#include "kernels/cuda/ptx/run/thread.hpp"

namespace sca::kernels::cuda::ptx {

/// F on what the registers mean as T. F's result may be of another type.
template <class T, class F>
Outcome unary(Thread& thread, const Instruction& instruction) {
  thread.r(instruction.to) = to_bits(F{}(from_bits<T>(thread.r(instruction.a))));
  return Outcome::next;
}

template <class T, class F>
Outcome binary(Thread& thread, const Instruction& instruction) {
  thread.r(instruction.to) =
      to_bits(F{}(from_bits<T>(thread.r(instruction.a)), from_bits<T>(thread.r(instruction.b))));
  return Outcome::next;
}

/// make(T{}) with the type that a name of an integer type means; null if it is none.
template <class Make>
Execute for_integer(Type type, Make make) {
  switch (type) {
    case Type::u16:
    case Type::b16: return make(U16{});
    case Type::s16: return make(S16{});
    case Type::u32:
    case Type::b32: return make(U32{});
    case Type::s32: return make(S32{});
    case Type::u64:
    case Type::b64: return make(U64{});
    case Type::s64: return make(S64{});
    default: return nullptr;
  }
}

/// The same for types whose sign does not matter.
template <class Make>
Execute for_bits(Type type, Make make) {
  switch (size_of(type)) {
    case 2: return make(U16{});
    case 4: return make(U32{});
    case 8: return make(U64{});
    default: return nullptr;
  }
}

/// A destination and so many sources.
inline Instruction with_operands(Assembler& assembler, Statement& statement, int sources) {
  Instruction instruction;
  instruction.to = assembler.destination(statement);
  if (sources > 0) instruction.a = assembler.source(statement);
  if (sources > 1) instruction.b = assembler.source(statement);
  if (sources > 2) instruction.c = assembler.source(statement);
  if (sources > 3) instruction.d = assembler.source(statement);
  return instruction;
}

/// errors   Fault if there is nothing to execute for such a type
inline void set_execute(Instruction& instruction, Execute execute, const Statement& statement) {
  if (execute == nullptr) statement.refuse("unknown type of " + statement.mnemonic());
  instruction.execute = execute;
}

}  // namespace sca::kernels::cuda::ptx
