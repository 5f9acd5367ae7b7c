#include "kernels/cuda/ptx/ops/integer.hpp"

#include <algorithm>
#include <limits>

#include "kernels/cuda/ptx/ops/carry.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

struct Add {
  template <class T>
  T operator()(T a, T b) const {
    return wrapping_add(a, b);
  }
};
struct Subtract {
  template <class T>
  T operator()(T a, T b) const {
    return wrapping_subtract(a, b);
  }
};
struct Least {
  template <class T>
  T operator()(T a, T b) const {
    return std::min(a, b);
  }
};
struct Greatest {
  template <class T>
  T operator()(T a, T b) const {
    return std::max(a, b);
  }
};
struct Negate {
  template <class T>
  T operator()(T a) const {
    return wrapping_subtract(T{0}, a);
  }
};
struct Absolute {
  template <class T>
  T operator()(T a) const {
    return a < 0 ? wrapping_subtract(T{0}, a) : a;
  }
};
struct AddSaturated {
  S32 operator()(S32 a, S32 b) const { return clamped(S64{a} + S64{b}); }
  static S32 clamped(S64 exact) {
    return static_cast<S32>(
        std::clamp<S64>(exact, std::numeric_limits<S32>::min(), std::numeric_limits<S32>::max()));
  }
};
struct SubtractSaturated {
  S32 operator()(S32 a, S32 b) const { return AddSaturated::clamped(S64{a} - S64{b}); }
};

template <class F>
Execute binary_integer(Type type) {
  return for_integer(type, []<class T>(T) -> Execute { return &binary<T, F>; });
}

template <class F>
Execute unary_integer(Type type) {
  return for_integer(type, []<class T>(T) -> Execute { return &unary<T, F>; });
}

template <class F>
Instruction build_binary(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 2);
  set_execute(instruction, binary_integer<F>(type), statement);
  return instruction;
}

template <class F>
Instruction build_unary(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 1);
  set_execute(instruction, unary_integer<F>(type), statement);
  return instruction;
}

/// add and sub: also with saturation, and as part of a longer number.
template <class F, class Saturated, Builder Carry>
Instruction build_sum(Assembler& assembler, Statement& statement) {
  if (statement.take("cc")) return Carry(assembler, statement);
  const bool saturate = statement.take("sat");
  const Type type = statement.take_type();
  if (saturate && type != Type::s32) statement.refuse("saturation of another type than .s32");
  Instruction instruction = with_operands(assembler, statement, 2);
  set_execute(instruction, saturate ? &binary<S32, Saturated> : binary_integer<F>(type), statement);
  return instruction;
}

template <class T, bool remainder>
Outcome divide(Thread& thread, const Instruction& instruction) {
  const T a = from_bits<T>(thread.r(instruction.a)), b = from_bits<T>(thread.r(instruction.b));
  if (b == 0) fault(thread, "division of an integer by zero");
  // The least number divided by -1 does not fit; the host would trap.
  const bool by_minus_one = std::is_signed_v<T> && b == static_cast<T>(-1);
  const T quotient = by_minus_one ? wrapping_subtract(T{0}, a) : static_cast<T>(a / b);
  const T rest = by_minus_one ? T{0} : static_cast<T>(a % b);
  thread.r(instruction.to) = to_bits(remainder ? rest : quotient);
  return Outcome::next;
}

template <bool remainder>
Instruction build_divide(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 2);
  set_execute(instruction, for_integer(type, []<class T>(T) -> Execute { return &divide<T, remainder>; }),
              statement);
  return instruction;
}

enum class Part { low, high, wide };

template <class T, Part part, bool add>
Outcome multiply(Thread& thread, const Instruction& instruction) {
  const auto exact = product(from_bits<T>(thread.r(instruction.a)), from_bits<T>(thread.r(instruction.b)));
  const auto store = [&]<class R>(R result) {
    if constexpr (add) result = wrapping_add(result, from_bits<R>(thread.r(instruction.c)));
    thread.r(instruction.to) = to_bits(result);
  };
  if constexpr (part == Part::low) {
    store(low_half<T>(exact));
  } else if constexpr (part == Part::high) {
    store(high_half<T>(exact));
  } else {
    store(static_cast<typename Doubled<T>::Narrow>(exact));
  }
  return Outcome::next;
}

template <Part part, bool add>
Execute multiply_of(Type type) {
  return for_integer(type, []<class T>(T) -> Execute {
    if constexpr (part == Part::wide && sizeof(T) == 8) {
      return nullptr;
    } else {
      return &multiply<T, part, add>;
    }
  });
}

template <bool add>
Instruction build_multiply(Assembler& assembler, Statement& statement) {
  if (add && statement.take("cc")) return build_multiply_carry(assembler, statement, true, false);
  const int part = statement.take_any({"lo", "hi", "wide"});
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, add ? 3 : 2);
  if (part < 0) statement.refuse("neither .lo, .hi nor .wide");
  set_execute(instruction,
              part == 0   ? multiply_of<Part::low, add>(type)
              : part == 1 ? multiply_of<Part::high, add>(type)
                          : multiply_of<Part::wide, add>(type),
              statement);
  return instruction;
}

}  // namespace

void add_integer(Table& table) {
  table[{"add", Family::integer}] = build_sum<Add, AddSaturated, build_add_carry>;
  table[{"sub", Family::integer}] = build_sum<Subtract, SubtractSaturated, build_subtract_carry>;
  table[{"mul", Family::integer}] = build_multiply<false>;
  table[{"mad", Family::integer}] = build_multiply<true>;
  table[{"div", Family::integer}] = build_divide<false>;
  table[{"rem", Family::integer}] = build_divide<true>;
  table[{"min", Family::integer}] = build_binary<Least>;
  table[{"max", Family::integer}] = build_binary<Greatest>;
  table[{"neg", Family::integer}] = build_unary<Negate>;
  table[{"abs", Family::integer}] = build_unary<Absolute>;
}

}  // namespace sca::kernels::cuda::ptx
