#include "kernels/cuda/ptx/ops/carry.hpp"

#include "kernels/cuda/ptx/ops/integer.hpp"
#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

constexpr int sets_carry = 1, uses_carry = 2;

/// a + b and the carry, if it is used; sets it, if it is set.
template <class T>
T add_with_carry(Thread& thread, const Instruction& instruction, T a, T b) {
  const T in = (instruction.mode & uses_carry) != 0 && thread.carry ? 1 : 0;
  const T partial = static_cast<T>(a + b), sum = static_cast<T>(partial + in);
  if ((instruction.mode & sets_carry) != 0) thread.carry = partial < a || sum < partial;
  return sum;
}

template <class T>
Outcome add(Thread& thread, const Instruction& instruction) {
  const T a = from_bits<T>(thread.r(instruction.a)), b = from_bits<T>(thread.r(instruction.b));
  thread.r(instruction.to) = add_with_carry(thread, instruction, a, b);
  return Outcome::next;
}

template <class T>
Outcome subtract(Thread& thread, const Instruction& instruction) {
  const T a = from_bits<T>(thread.r(instruction.a)), b = from_bits<T>(thread.r(instruction.b));
  const T in = (instruction.mode & uses_carry) != 0 && thread.carry ? 1 : 0;
  const T partial = static_cast<T>(a - b);
  thread.r(instruction.to) = static_cast<T>(partial - in);
  if ((instruction.mode & sets_carry) != 0) thread.carry = a < b || partial < in;
  return Outcome::next;
}

/// T may be signed, which matters to the high half only.
template <class T, bool high>
Outcome multiply(Thread& thread, const Instruction& instruction) {
  using U = std::make_unsigned_t<T>;
  const auto exact = product(from_bits<T>(thread.r(instruction.a)), from_bits<T>(thread.r(instruction.b)));
  const auto half = static_cast<U>(high ? high_half<T>(exact) : low_half<T>(exact));
  thread.r(instruction.to) = add_with_carry(thread, instruction, half, from_bits<U>(thread.r(instruction.c)));
  return Outcome::next;
}

template <class Make>
void set_wide_enough(Instruction& instruction, Type type, const Statement& statement, Make make) {
  set_execute(instruction, size_of(type) < 4 ? nullptr : for_integer(type, make), statement);
}

Instruction build_add(Assembler& assembler, Statement& statement, bool sets, bool uses) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 2);
  instruction.mode = (sets ? sets_carry : 0) | (uses ? uses_carry : 0);
  set_wide_enough(instruction, type, statement,
                  []<class T>(T) -> Execute { return &add<std::make_unsigned_t<T>>; });
  return instruction;
}

Instruction build_subtract(Assembler& assembler, Statement& statement, bool sets, bool uses) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 2);
  instruction.mode = (sets ? sets_carry : 0) | (uses ? uses_carry : 0);
  set_wide_enough(instruction, type, statement,
                  []<class T>(T) -> Execute { return &subtract<std::make_unsigned_t<T>>; });
  return instruction;
}

}  // namespace

Instruction build_add_carry(Assembler& assembler, Statement& statement) {
  return build_add(assembler, statement, true, false);
}

Instruction build_subtract_carry(Assembler& assembler, Statement& statement) {
  return build_subtract(assembler, statement, true, false);
}

Instruction build_multiply_carry(Assembler& assembler, Statement& statement, bool sets, bool uses) {
  const int part = statement.take_any({"lo", "hi"});
  const Type type = statement.take_type();
  if (part < 0) statement.refuse("neither .lo nor .hi");
  Instruction instruction = with_operands(assembler, statement, 3);
  instruction.mode = (sets ? sets_carry : 0) | (uses ? uses_carry : 0);
  set_wide_enough(instruction, type, statement, [part]<class T>(T) -> Execute {
    return part == 0 ? &multiply<T, false> : &multiply<T, true>;
  });
  return instruction;
}

void add_carry(Table& table) {
  table[{"addc", Family::integer}] = [](Assembler& a, Statement& s) {
    const bool sets = s.take("cc");
    return build_add(a, s, sets, true);
  };
  table[{"subc", Family::integer}] = [](Assembler& a, Statement& s) {
    const bool sets = s.take("cc");
    return build_subtract(a, s, sets, true);
  };
  table[{"madc", Family::integer}] = [](Assembler& a, Statement& s) {
    const bool sets = s.take("cc");
    return build_multiply_carry(a, s, sets, true);
  };
}

}  // namespace sca::kernels::cuda::ptx
