#include <algorithm>

#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

struct And {
  template <class T>
  T operator()(T a, T b) const {
    return static_cast<T>(a & b);
  }
};
struct Or {
  template <class T>
  T operator()(T a, T b) const {
    return static_cast<T>(a | b);
  }
};
struct Xor {
  template <class T>
  T operator()(T a, T b) const {
    return static_cast<T>(a ^ b);
  }
};
struct Not {
  template <class T>
  T operator()(T a) const {
    return static_cast<T>(~a);
  }
};
struct IsZero {
  template <class T>
  T operator()(T a) const {
    return a == 0 ? T{1} : T{0};
  }
};

template <class F>
Instruction build_binary(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 2);
  set_execute(instruction, for_bits(type, []<class T>(T) -> Execute { return &binary<T, F>; }), statement);
  return instruction;
}

template <class F>
Instruction build_unary(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 1);
  set_execute(instruction, for_bits(type, []<class T>(T) -> Execute { return &unary<T, F>; }), statement);
  return instruction;
}

/// Of predicates: the lowest bit.
template <class F>
Instruction build_logical(Assembler& assembler, Statement& statement) {
  statement.take("pred");
  Instruction instruction = with_operands(assembler, statement, 2);
  instruction.execute = [](Thread& thread, const Instruction& i) {
    thread.r(i.to) = F{}(thread.r(i.a), thread.r(i.b)) & 1;
    return Outcome::next;
  };
  return instruction;
}

Instruction build_logical_not(Assembler& assembler, Statement& statement) {
  statement.take("pred");
  Instruction instruction = with_operands(assembler, statement, 1);
  instruction.execute = [](Thread& thread, const Instruction& i) {
    thread.r(i.to) = ~thread.r(i.a) & 1;
    return Outcome::next;
  };
  return instruction;
}

/// Shifts by more than there are bits leave nothing, or the sign.
template <class T, bool left>
Outcome shift(Thread& thread, const Instruction& instruction) {
  constexpr U32 bits = 8 * sizeof(T);
  const U32 by = from_bits<U32>(thread.r(instruction.b));
  const T a = from_bits<T>(thread.r(instruction.a));
  using U = std::make_unsigned_t<T>;
  if constexpr (left) {
    thread.r(instruction.to) = by >= bits ? 0 : to_bits(static_cast<U>(static_cast<U>(a) << by));
  } else {
    const T far = std::is_signed_v<T> && a < 0 ? static_cast<T>(-1) : T{0};
    thread.r(instruction.to) = to_bits(by >= bits ? far : static_cast<T>(a >> by));
  }
  return Outcome::next;
}

template <bool left>
Instruction build_shift(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 2);
  set_execute(instruction, for_integer(type, []<class T>(T) -> Execute { return &shift<T, left>; }),
              statement);
  return instruction;
}

/// 32 of the 64 bits of b:a.
template <bool left, bool clamp>
Outcome funnel_shift(Thread& thread, const Instruction& instruction) {
  const U32 asked = from_bits<U32>(thread.r(instruction.c));
  const U32 by = clamp ? std::min<U32>(asked, 32) : asked % 32;
  const U64 both =
      U64{from_bits<U32>(thread.r(instruction.b))} << 32 | from_bits<U32>(thread.r(instruction.a));
  thread.r(instruction.to) = left ? (both << by) >> 32 : static_cast<U32>(both >> by);
  return Outcome::next;
}

Instruction build_funnel_shift(Assembler& assembler, Statement& statement) {
  const int direction = statement.take_any({"l", "r"}), mode = statement.take_any({"clamp", "wrap"});
  if (direction < 0 || mode < 0 || !statement.take("b32")) statement.refuse("a shf that is not understood");
  Instruction instruction = with_operands(assembler, statement, 3);
  if (direction == 0) {
    instruction.execute = mode == 0 ? &funnel_shift<true, true> : &funnel_shift<true, false>;
  } else {
    instruction.execute = mode == 0 ? &funnel_shift<false, true> : &funnel_shift<false, false>;
  }
  return instruction;
}

/// Bit 4a + 2b + c of the table is the result for bits a, b and c.
Outcome lookup(Thread& thread, const Instruction& instruction) {
  const U64 a = thread.r(instruction.a), b = thread.r(instruction.b), c = thread.r(instruction.c);
  U64 result = 0;
  for (int row = 0; row < 8; ++row) {
    if ((instruction.mode >> row & 1) == 0) continue;
    result |= ((row & 4) != 0 ? a : ~a) & ((row & 2) != 0 ? b : ~b) & ((row & 1) != 0 ? c : ~c);
  }
  thread.r(instruction.to) = from_bits<U32>(result);
  return Outcome::next;
}

Instruction build_lookup(Assembler& assembler, Statement& statement) {
  if (!statement.take("b32")) statement.refuse("unknown type of lop3");
  Instruction instruction = with_operands(assembler, statement, 3);
  instruction.mode = static_cast<int>(assembler.literal(statement) & 0xff);
  instruction.execute = &lookup;
  return instruction;
}

}  // namespace

void add_bitwise(Table& table) {
  table[{"and", Family::integer}] = build_binary<And>;
  table[{"or", Family::integer}] = build_binary<Or>;
  table[{"xor", Family::integer}] = build_binary<Xor>;
  table[{"not", Family::integer}] = build_unary<Not>;
  table[{"cnot", Family::integer}] = build_unary<IsZero>;
  table[{"and", Family::predicate}] = build_logical<And>;
  table[{"or", Family::predicate}] = build_logical<Or>;
  table[{"xor", Family::predicate}] = build_logical<Xor>;
  table[{"not", Family::predicate}] = build_logical_not;
  table[{"shl", Family::integer}] = build_shift<true>;
  table[{"shr", Family::integer}] = build_shift<false>;
  table[{"shf", Family::integer}] = build_funnel_shift;
  table[{"lop3", Family::integer}] = build_lookup;
}

}  // namespace sca::kernels::cuda::ptx
