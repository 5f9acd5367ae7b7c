#include <algorithm>
#include <bit>

#include "kernels/cuda/ptx/ops/lift.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

struct CountOnes {
  template <class T>
  U32 operator()(T a) const {
    return static_cast<U32>(std::popcount(a));
  }
};
struct CountLeadingZeros {
  template <class T>
  U32 operator()(T a) const {
    return static_cast<U32>(std::countl_zero(a));
  }
};
struct Reverse {
  template <class T>
  T operator()(T a) const {
    T result = 0;
    for (std::size_t i = 0; i < 8 * sizeof(T); ++i, a = static_cast<T>(a >> 1)) {
      result = static_cast<T>(result << 1 | (a & 1));
    }
    return result;
  }
};
/// The place of the highest bit that is not a copy of the sign; all ones if there is none.
struct FindHighest {
  template <class T>
  U32 operator()(T a) const {
    using U = std::make_unsigned_t<T>;
    const U magnitude = static_cast<U>(a < 0 ? ~a : a);
    return magnitude == 0 ? ~U32{0} : static_cast<U32>(std::bit_width(magnitude) - 1);
  }
};

template <class F>
Instruction build_bits(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 1);
  set_execute(instruction, for_bits(type, []<class T>(T) -> Execute { return &unary<T, F>; }), statement);
  return instruction;
}

Instruction build_find(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 1);
  set_execute(instruction, for_integer(type, []<class T>(T) -> Execute { return &unary<T, FindHighest>; }),
              statement);
  return instruction;
}

/// c bits of a from place b on. Beyond the end, and for signed numbers above the field, there is the sign:
/// the field's highest bit, or a's own if the field reaches beyond it.
template <class T>
Outcome extract(Thread& thread, const Instruction& instruction) {
  using U = std::make_unsigned_t<T>;
  constexpr U32 bits = 8 * sizeof(T);
  const U a = from_bits<U>(thread.r(instruction.a));
  const U32 place = thread.r(instruction.b) & 0xff, length = thread.r(instruction.c) & 0xff;
  const U32 sign_place = std::min(place + length - 1, bits - 1);
  const bool negative = std::is_signed_v<T> && length != 0 && (a >> sign_place & 1) != 0;
  U result = 0;
  for (U32 i = 0; i < bits; ++i) {
    const bool inside = i < length && place + i < bits;
    const U bit = inside ? a >> (place + i) & 1 : U{negative};
    result = static_cast<U>(result | bit << i);
  }
  thread.r(instruction.to) = to_bits(result);
  return Outcome::next;
}

/// b with d bits of a from place c on.
template <class T>
Outcome insert(Thread& thread, const Instruction& instruction) {
  constexpr U32 bits = 8 * sizeof(T);
  const T a = from_bits<T>(thread.r(instruction.a));
  const U32 place = thread.r(instruction.c) & 0xff, length = thread.r(instruction.d) & 0xff;
  T result = from_bits<T>(thread.r(instruction.b));
  if (place < bits && length != 0) {
    const T ones = length >= bits ? static_cast<T>(~T{0}) : static_cast<T>((T{1} << length) - 1);
    const T field = static_cast<T>(ones << place);
    result = static_cast<T>((result & ~field) | (static_cast<T>(a << place) & field));
  }
  thread.r(instruction.to) = to_bits(result);
  return Outcome::next;
}

Instruction build_extract(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 3);
  const auto make = []<class T>(T) -> Execute { return &extract<T>; };
  set_execute(instruction, size_of(type) < 4 ? nullptr : for_integer(type, make), statement);
  return instruction;
}

Instruction build_insert(Assembler& assembler, Statement& statement) {
  const Type type = statement.take_type();
  Instruction instruction = with_operands(assembler, statement, 4);
  const auto make = []<class T>(T) -> Execute { return &insert<T>; };
  set_execute(instruction, size_of(type) < 4 ? nullptr : for_bits(type, make), statement);
  return instruction;
}

/// Each hexadecimal digit of c chooses a byte of b:a; with its highest bit set, that byte's sign.
Outcome permute(Thread& thread, const Instruction& instruction) {
  const U64 both =
      U64{from_bits<U32>(thread.r(instruction.b))} << 32 | from_bits<U32>(thread.r(instruction.a));
  U64 result = 0;
  for (U32 i = 0; i < 4; ++i) {
    const U64 choice = thread.r(instruction.c) >> (4 * i) & 15;
    const U64 byte = both >> (8 * (choice & 7)) & 0xff;
    const U64 sign = (byte & 0x80) != 0 ? 0xff : 0;
    result |= ((choice & 8) != 0 ? sign : byte) << (8 * i);
  }
  thread.r(instruction.to) = result;
  return Outcome::next;
}

Instruction build_permute(Assembler& assembler, Statement& statement) {
  if (!statement.take("b32")) statement.refuse("unknown type of prmt");
  Instruction instruction = with_operands(assembler, statement, 3);
  instruction.execute = &permute;
  return instruction;
}

}  // namespace

void add_fields(Table& table) {
  table[{"popc", Family::integer}] = build_bits<CountOnes>;
  table[{"clz", Family::integer}] = build_bits<CountLeadingZeros>;
  table[{"brev", Family::integer}] = build_bits<Reverse>;
  table[{"bfind", Family::integer}] = build_find;
  table[{"bfe", Family::integer}] = build_extract;
  table[{"bfi", Family::integer}] = build_insert;
  table[{"prmt", Family::integer}] = build_permute;
}

}  // namespace sca::kernels::cuda::ptx
