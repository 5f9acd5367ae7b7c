// Compiled with -frounding-math -ffp-contract=off.
#include "kernels/cuda/ptx/ops/comparison.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/rounding.hpp"
#include "kernels/cuda/ptx/ops/small_float.hpp"

namespace sca::kernels::cuda::ptx {

Comparison take_comparison(Statement& statement, Type type) {
  constexpr int first_floating = static_cast<int>(Comparison::equ);
  int found = statement.take_any(
      {"eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan"});
  const bool floating = is_float(element_of(type));
  if (found < 0 && !floating && !is_signed(type)) {
    const int unsigned_name = statement.take_any({"lo", "ls", "hi", "hs"});
    if (unsigned_name >= 0) found = static_cast<int>(Comparison::lt) + unsigned_name;
  }
  if (found < 0 || (found >= first_floating && !floating))
    statement.refuse("a comparison that is not understood");
  return static_cast<Comparison>(found);
}

namespace {

enum class Combine { none, with_and, with_or, with_xor };

bool combined(const Thread& thread, const Instruction& instruction, bool result) {
  if (static_cast<Combine>(instruction.second_mode) == Combine::none) return result;
  const bool other = ((thread.registers[instruction.c] & 1) != 0) != instruction.negated;
  switch (static_cast<Combine>(instruction.second_mode)) {
    case Combine::with_and: return result && other;
    case Combine::with_or: return result || other;
    default: return result != other;
  }
}

template <class T>
T operand(Thread& thread, int slot, bool flush) {
  const T value = from_bits<T>(thread.r(slot));
  if constexpr (std::is_same_v<T, float>) {
    if (flush) return flushed(value);
  }
  return value;
}

template <class T>
bool holds(Thread& thread, const Instruction& instruction) {
  return compare(static_cast<Comparison>(instruction.mode),
                 operand<T>(thread, instruction.a, instruction.flush),
                 operand<T>(thread, instruction.b, instruction.flush));
}

/// Of f16 and bf16, scalars and halves of pairs.
bool holds_half(Thread& thread, const Instruction& instruction, int index) {
  const auto value = [&](int slot) {
    const auto bits = static_cast<U16>(thread.r(slot) >> (16 * index));
    const bool zero = instruction.flush && (bits & 0x7c00U) == 0;
    return widened(zero ? bits & 0x8000U : bits, instruction.source_type);
  };
  return compare(static_cast<Comparison>(instruction.mode), value(instruction.a), value(instruction.b));
}

/// Both predicates of a scalar: the result and its opposite, each combined with the third operand.
void set_predicates(Thread& thread, const Instruction& instruction, bool result) {
  const bool first = combined(thread, instruction, result), second = combined(thread, instruction, !result);
  thread.r(instruction.to) = to_bits(first);
  if (instruction.second_to >= 0) thread.r(instruction.second_to) = to_bits(second);
}

template <class T>
Outcome set_predicate(Thread& thread, const Instruction& instruction) {
  set_predicates(thread, instruction, holds<T>(thread, instruction));
  return Outcome::next;
}

Outcome set_predicate_half(Thread& thread, const Instruction& instruction) {
  if (instruction.count == 1) {
    set_predicates(thread, instruction, holds_half(thread, instruction, 0));
    return Outcome::next;
  }
  // Of a pair, each half has its own predicate.
  const bool low = combined(thread, instruction, holds_half(thread, instruction, 0));
  const bool high = combined(thread, instruction, holds_half(thread, instruction, 1));
  thread.r(instruction.to) = to_bits(low);
  if (instruction.second_to >= 0) thread.r(instruction.second_to) = to_bits(high);
  return Outcome::next;
}

/// What set writes for true.
U64 truth(Type type) {
  switch (type) {
    case Type::f32: return 0x3f800000;
    case Type::f16: return 0x3c00;
    case Type::bf16: return 0x3f80;
    case Type::u16:
    case Type::s16: return 0xffff;
    default: return 0xffffffff;
  }
}

template <class T>
Outcome set_value(Thread& thread, const Instruction& instruction) {
  const bool result = combined(thread, instruction, holds<T>(thread, instruction));
  thread.r(instruction.to) = result ? truth(instruction.type) : 0;
  return Outcome::next;
}

Outcome set_value_half(Thread& thread, const Instruction& instruction) {
  U64 value = 0;
  for (int i = 0; i < instruction.count; ++i) {
    const bool result = combined(thread, instruction, holds_half(thread, instruction, i));
    if (result) value |= truth(instruction.type) << (16 * i);
  }
  thread.r(instruction.to) = value;
  return Outcome::next;
}

template <template <class> class For>
Execute by_type(Type type) {
  if (type == Type::f32) return For<float>::execute;
  if (type == Type::f64) return For<double>::execute;
  return for_integer(type, []<class T>(T) -> Execute { return For<T>::execute; });
}
template <class T>
struct Predicate {
  static constexpr Execute execute = &set_predicate<T>;
};
template <class T>
struct Value {
  static constexpr Execute execute = &set_value<T>;
};

/// The source's type, how it is compared and combined; operands are left.
void take_condition(Instruction& instruction, Type type, Statement& statement) {
  instruction.source_type = element_of(type);
  instruction.count = instruction.source_type == type ? 1 : 2;
  instruction.mode = static_cast<int>(take_comparison(statement, type));
  instruction.second_mode = statement.take_any({"and", "or", "xor"}) + 1;
  if (type == Type::f32 || instruction.source_type == Type::f16) instruction.flush = statement.take("ftz");
}

void take_sources(Instruction& instruction, Assembler& assembler, Statement& statement) {
  instruction.a = assembler.source(statement);
  instruction.b = assembler.source(statement);
  if (instruction.second_mode != 0) {
    instruction.c = assembler.predicate(statement.operand(), instruction.negated, statement);
  }
}

Instruction build_set_predicate(Assembler& assembler, Statement& statement) {
  Instruction instruction;
  const Type type = statement.take_type();
  take_condition(instruction, type, statement);
  assembler.destinations(instruction, statement);
  take_sources(instruction, assembler, statement);
  const bool half = family_of(type) == Family::half;
  set_execute(instruction, half ? &set_predicate_half : by_type<Predicate>(type), statement);
  return instruction;
}

Instruction build_set(Assembler& assembler, Statement& statement) {
  Instruction instruction;
  const Type to = statement.take_type(), type = statement.take_type();
  take_condition(instruction, type, statement);
  instruction.type = element_of(to);
  // An integer as wide as a pair has a mask for each half.
  if (instruction.count == 2 && !is_float(instruction.type)) instruction.type = Type::u16;
  instruction.to = assembler.destination(statement);
  take_sources(instruction, assembler, statement);
  const bool half = family_of(type) == Family::half;
  set_execute(instruction, half ? &set_value_half : by_type<Value>(type), statement);
  return instruction;
}

}  // namespace

void add_compare(Table& table) {
  table[{"setp", Family::any}] = build_set_predicate;
  table[{"set", Family::any}] = build_set;
}

}  // namespace sca::kernels::cuda::ptx
