// Compiled with -frounding-math -ffp-contract=off.
#include <cmath>

#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/rounding.hpp"
#include "kernels/cuda/ptx/ops/small_float.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

// Products of two have 22 bits at most, and are exact.
struct Add {
  static constexpr int sources = 2;
  static double of(double a, double b, double) { return sum_to_odd(a, b); }
};
struct Subtract {
  static constexpr int sources = 2;
  static double of(double a, double b, double) { return sum_to_odd(a, -b); }
};
struct Multiply {
  static constexpr int sources = 2;
  static double of(double a, double b, double) { return a * b; }
};
struct Fuse {
  static constexpr int sources = 3;
  static double of(double a, double b, double c) { return sum_to_odd(a * b, c); }
};

/// The element's bits as a double.
double element(Thread& thread, int slot, int index, const Instruction& instruction) {
  const auto bits = static_cast<U16>(thread.r(slot) >> (16 * index));
  const bool subnormal = (bits & 0x7c00U) == 0;  // f16's, which alone can be flushed
  return widened(instruction.flush && subnormal ? bits & 0x8000U : bits, instruction.type);
}

template <class F>
U16 result_of(Thread& thread, const Instruction& instruction, int index) {
  const double a = element(thread, instruction.a, index, instruction);
  const double b = element(thread, instruction.b, index, instruction);
  const double c = F::sources > 2 ? element(thread, instruction.c, index, instruction) : 0;
  double exact = F::of(a, b, c);
  if (instruction.saturate) exact = saturated(exact);
  const bool relu = instruction.mode != 0;
  if (relu && exact < 0) exact = 0;
  if (relu && exact == 0) exact = 0;  // -0 too
  U16 result = narrowed(exact, instruction.type, Rounding::nearest);
  if (instruction.flush && (result & 0x7c00U) == 0) result = static_cast<U16>(result & 0x8000U);
  return result;
}

template <class F>
Outcome arithmetic(Thread& thread, const Instruction& instruction) {
  U64 result = 0;
  for (int i = 0; i < instruction.count; ++i) result |= U64{result_of<F>(thread, instruction, i)} << (16 * i);
  thread.r(instruction.to) = result;
  return Outcome::next;
}

/// The type, whether it is packed, and .ftz (of f16).
Instruction with_type(Statement& statement) {
  Instruction instruction;
  const Type type = statement.take_type();
  instruction.type = element_of(type);
  instruction.count = type == instruction.type ? 1 : 2;
  if (instruction.type == Type::f16) instruction.flush = statement.take("ftz");
  return instruction;
}

void take_operands(Instruction& instruction, Assembler& assembler, Statement& statement, int sources) {
  const Instruction operands = with_operands(assembler, statement, sources);
  instruction.to = operands.to;
  instruction.a = operands.a;
  instruction.b = operands.b;
  instruction.c = operands.c;
}

template <class F>
Instruction build_arithmetic(Assembler& assembler, Statement& statement) {
  const bool said = statement.take("rn");
  Instruction instruction = with_type(statement);
  if (F::sources == 3 && !said) statement.refuse("no rounding is said");
  if (instruction.type == Type::f16) instruction.saturate = statement.take("sat");
  if (F::sources == 3) instruction.mode = statement.take("relu") ? 1 : 0;
  take_operands(instruction, assembler, statement, F::sources);
  instruction.execute = &arithmetic<F>;
  return instruction;
}

/// neg and abs: each half's highest bit.
template <bool negate>
Outcome of_sign(Thread& thread, const Instruction& instruction) {
  const U64 signs = instruction.count == 1 ? 0x8000 : 0x80008000;
  U64 bits = thread.r(instruction.a) & (instruction.count == 1 ? 0xffff : 0xffffffff);
  for (int i = 0; instruction.flush && i < instruction.count; ++i) {
    const U64 exponent = U64{0x7c00} << (16 * i);
    if ((bits & exponent) == 0) bits &= ~(U64{0x3ff} << (16 * i));
  }
  thread.r(instruction.to) = negate ? bits ^ signs : bits & ~signs;
  return Outcome::next;
}

template <bool negate>
Instruction build_sign(Assembler& assembler, Statement& statement) {
  Instruction instruction = with_type(statement);
  take_operands(instruction, assembler, statement, 1);
  instruction.execute = &of_sign<negate>;
  return instruction;
}

template <bool least>
double chosen(double a, double b, bool nan_wins) {
  if (std::isnan(a) || std::isnan(b)) {
    if (nan_wins || (std::isnan(a) && std::isnan(b))) return std::nan("");
    return std::isnan(a) ? b : a;
  }
  if (a == b) return std::signbit(a) == least ? a : b;
  return (a < b) == least ? a : b;
}

template <bool least>
Outcome choose(Thread& thread, const Instruction& instruction) {
  U64 result = 0;
  for (int i = 0; i < instruction.count; ++i) {
    const double a = element(thread, instruction.a, i, instruction),
                 b = element(thread, instruction.b, i, instruction);
    const double value = chosen<least>(a, b, instruction.mode != 0);
    result |= U64{narrowed(value, instruction.type, Rounding::nearest)} << (16 * i);
  }
  thread.r(instruction.to) = result;
  return Outcome::next;
}

template <bool least>
Instruction build_choose(Assembler& assembler, Statement& statement) {
  Instruction instruction = with_type(statement);
  instruction.mode = statement.take("NaN") ? 1 : 0;
  take_operands(instruction, assembler, statement, 2);
  instruction.execute = &choose<least>;
  return instruction;
}

}  // namespace

void add_half(Table& table) {
  table[{"add", Family::half}] = build_arithmetic<Add>;
  table[{"sub", Family::half}] = build_arithmetic<Subtract>;
  table[{"mul", Family::half}] = build_arithmetic<Multiply>;
  table[{"fma", Family::half}] = build_arithmetic<Fuse>;
  table[{"neg", Family::half}] = build_sign<true>;
  table[{"abs", Family::half}] = build_sign<false>;
  table[{"min", Family::half}] = build_choose<true>;
  table[{"max", Family::half}] = build_choose<false>;
}

}  // namespace sca::kernels::cuda::ptx
