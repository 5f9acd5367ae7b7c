// Compiled with -frounding-math -ffp-contract=off.
#include <limits>

#include "kernels/cuda/ptx/ops/approximate.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/rounding.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

struct Add {
  static constexpr int sources = 2;
  template <class T>
  static T of(T a, T b, T) {
    return a + b;
  }
};
struct Subtract {
  static constexpr int sources = 2;
  template <class T>
  static T of(T a, T b, T) {
    return a - b;
  }
};
struct Multiply {
  static constexpr int sources = 2;
  template <class T>
  static T of(T a, T b, T) {
    return a * b;
  }
};
struct Fuse {
  static constexpr int sources = 3;
  template <class T>
  static T of(T a, T b, T c) {
    return std::fma(a, b, c);
  }
};
struct Divide {
  static constexpr int sources = 2;
  template <class T>
  static T of(T a, T b, T) {
    return a / b;
  }
};
struct Root {
  static constexpr int sources = 1;
  template <class T>
  static T of(T a, T, T) {
    return std::sqrt(a);
  }
};
struct Reciprocal {
  static constexpr int sources = 1;
  template <class T>
  static T of(T a, T, T) {
    return T{1} / a;
  }
};

template <class T, int k, class F>
T source(Thread& thread, const Instruction& instruction) {
  if constexpr (k >= F::sources) {
    return T{0};
  } else {
    const int slot = k == 0 ? instruction.a : k == 1 ? instruction.b : instruction.c;
    const T value = from_bits<T>(thread.r(slot));
    return instruction.flush ? flushed(value) : value;
  }
}

template <class T, class F>
T rounded(T a, T b, T c, Rounding rounding) {
  const RoundingMode mode(rounding);
  // Through memory, so that nothing moves out from under the mode.
  volatile T x = a, y = b, z = c;
  volatile T result = F::of(static_cast<T>(x), static_cast<T>(y), static_cast<T>(z));
  return result;
}

template <class T, class F, bool nearest>
Outcome arithmetic(Thread& thread, const Instruction& instruction) {
  const T a = source<T, 0, F>(thread, instruction), b = source<T, 1, F>(thread, instruction),
          c = source<T, 2, F>(thread, instruction);
  T result;
  if constexpr (nearest) {
    result = F::of(a, b, c);
  } else {
    result = rounded<T, F>(a, b, c, instruction.rounding);
  }
  if (instruction.flush) result = flushed(result);
  if (instruction.saturate) result = saturated(result);
  thread.r(instruction.to) = to_bits(canonical(result));
  return Outcome::next;
}

void take_flags(Instruction& instruction, Type type, Statement& statement) {
  if (type == Type::f32) {
    instruction.flush = statement.take("ftz");
    instruction.saturate = statement.take("sat");
  }
}

/// rounding_needed: PTX has no default for it.
template <class F, bool rounding_needed>
Instruction build_arithmetic(Assembler& assembler, Statement& statement) {
  if (const Builder build = approximate_builder(statement)) return build(assembler, statement);
  Rounding rounding = Rounding::nearest;
  const bool said = take_rounding(statement, rounding);
  const Type type = statement.take_type();
  if (rounding_needed && !said) statement.refuse("no rounding is said");
  Instruction flags;
  take_flags(flags, type, statement);
  Instruction instruction = with_operands(assembler, statement, F::sources);
  instruction.flush = flags.flush;
  instruction.saturate = flags.saturate;
  instruction.rounding = rounding;
  const bool nearest = rounding == Rounding::nearest;
  if (type == Type::f32) {
    instruction.execute = nearest ? &arithmetic<float, F, true> : &arithmetic<float, F, false>;
  } else {
    instruction.execute = nearest ? &arithmetic<double, F, true> : &arithmetic<double, F, false>;
  }
  return instruction;
}

struct Negate {
  template <class T>
  T operator()(T a) const {
    return -a;
  }
};
struct Absolute {
  template <class T>
  T operator()(T a) const {
    return std::fabs(a);
  }
};

template <class T, class F>
Outcome of_sign(Thread& thread, const Instruction& instruction) {
  const T a = from_bits<T>(thread.r(instruction.a));
  thread.r(instruction.to) = to_bits(F{}(instruction.flush ? flushed(a) : a));
  return Outcome::next;
}

template <class F>
Instruction build_sign(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  const bool flush = type == Type::f32 && statement.take("ftz");
  Instruction instruction = with_operands(assembler, statement, 1);
  instruction.flush = flush;
  instruction.execute = type == Type::f32 ? &of_sign<float, F> : &of_sign<double, F>;
  return instruction;
}

/// The lesser (the greater) of two; -0 is less than +0. NaN loses against a number, unless it is to win
/// (mode).
template <class T, bool least>
Outcome choose(Thread& thread, const Instruction& instruction) {
  T a = from_bits<T>(thread.r(instruction.a)), b = from_bits<T>(thread.r(instruction.b));
  if (instruction.flush) {
    a = flushed(a);
    b = flushed(b);
  }
  T result;
  if (std::isnan(a) || std::isnan(b)) {
    const bool both = std::isnan(a) && std::isnan(b);
    result = both || instruction.mode != 0 ? std::numeric_limits<T>::quiet_NaN() : std::isnan(a) ? b : a;
  } else if (a == b) {
    result = std::signbit(a) == least ? a : b;
  } else {
    result = (a < b) == least ? a : b;
  }
  thread.r(instruction.to) = to_bits(canonical(result));
  return Outcome::next;
}

template <bool least>
Instruction build_choose(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  const bool flush = type == Type::f32 && statement.take("ftz"),
             nan = type == Type::f32 && statement.take("NaN");
  Instruction instruction = with_operands(assembler, statement, 2);
  instruction.flush = flush;
  instruction.mode = nan ? 1 : 0;
  instruction.execute = type == Type::f32 ? &choose<float, least> : &choose<double, least>;
  return instruction;
}

/// The sign of a on b.
template <class T>
Outcome copy_sign(Thread& thread, const Instruction& instruction) {
  const T a = from_bits<T>(thread.r(instruction.a)), b = from_bits<T>(thread.r(instruction.b));
  thread.r(instruction.to) = to_bits(std::copysign(b, a));
  return Outcome::next;
}

Instruction build_copy_sign(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 2);
  instruction.execute = type == Type::f32 ? &copy_sign<float> : &copy_sign<double>;
  return instruction;
}

template <class T>
Outcome test(Thread& thread, const Instruction& instruction) {
  const T a = from_bits<T>(thread.r(instruction.a));
  const int kind = std::fpclassify(a);
  const bool results[] = {kind != FP_NAN && kind != FP_INFINITE,
                          kind == FP_INFINITE,
                          kind != FP_NAN,
                          kind == FP_NAN,
                          kind == FP_NORMAL,
                          kind == FP_SUBNORMAL};
  thread.r(instruction.to) = to_bits(results[instruction.mode]);
  return Outcome::next;
}

Instruction build_test(Assembler& assembler, Statement& statement) {
  const int what = statement.take_any({"finite", "infinite", "number", "notanumber", "normal", "subnormal"});
  const Type type = statement.take_type();
  if (what < 0) statement.refuse("a testp that is not understood");
  Instruction instruction = with_operands(assembler, statement, 1);
  instruction.mode = what;
  instruction.execute = type == Type::f32 ? &test<float> : &test<double>;
  return instruction;
}

}  // namespace

void add_floating(Table& table) {
  table[{"add", Family::floating}] = build_arithmetic<Add, false>;
  table[{"sub", Family::floating}] = build_arithmetic<Subtract, false>;
  table[{"mul", Family::floating}] = build_arithmetic<Multiply, false>;
  table[{"fma", Family::floating}] = build_arithmetic<Fuse, true>;
  table[{"mad", Family::floating}] = build_arithmetic<Fuse, true>;
  table[{"div", Family::floating}] = build_arithmetic<Divide, true>;
  table[{"sqrt", Family::floating}] = build_arithmetic<Root, true>;
  table[{"rcp", Family::floating}] = build_arithmetic<Reciprocal, true>;
  table[{"neg", Family::floating}] = build_sign<Negate>;
  table[{"abs", Family::floating}] = build_sign<Absolute>;
  table[{"min", Family::floating}] = build_choose<true>;
  table[{"max", Family::floating}] = build_choose<false>;
  table[{"copysign", Family::floating}] = build_copy_sign;
  table[{"testp", Family::floating}] = build_test;
}

}  // namespace sca::kernels::cuda::ptx
