// Compiled with -frounding-math -ffp-contract=off.
#include <algorithm>
#include <cmath>

#include "kernels/cuda/ptx/ops/lift.hpp"
#include "kernels/cuda/ptx/ops/rounding.hpp"
#include "kernels/cuda/ptx/ops/small_float.hpp"

namespace sca::kernels::cuda::ptx {
namespace {

constexpr int to_integral = 1, relu = 2;  // Instruction::mode

double as_double(U64 bits, Type type) {
  switch (type) {
    case Type::f32: return from_bits<float>(bits);
    case Type::f64: return from_bits<double>(bits);
    default: return widened(from_bits<U16>(bits), type);
  }
}

double integral(double value, Rounding rounding) {
  switch (rounding) {
    case Rounding::zero: return std::trunc(value);
    case Rounding::down: return std::floor(value);
    case Rounding::up: return std::ceil(value);
    default: return std::nearbyint(value);
  }
}

/// Of anything that long double holds exactly.
template <class T>
T rounded(long double value, Rounding rounding) {
  const RoundingMode mode(rounding);
  volatile long double exact = value;
  volatile T result = static_cast<T>(exact);
  return result;
}

U64 from_exact(long double value, Type type, Rounding rounding) {
  if (type == Type::f64) return to_bits(rounded<double>(value, rounding));
  if (type == Type::f32) return to_bits(canonical(rounded<float>(value, rounding)));
  // Every integer or single is a double, or far beyond what rounds to a finite half.
  return narrowed(static_cast<double>(value), type, rounding);
}

Outcome float_to_float(Thread& thread, const Instruction& instruction) {
  double value = as_double(thread.r(instruction.a), instruction.source_type);
  const bool flushes_source = instruction.flush && instruction.source_type == Type::f32;
  if (flushes_source) value = flushed(static_cast<float>(value));
  if ((instruction.mode & to_integral) != 0) value = integral(value, instruction.rounding);
  if (instruction.saturate) value = saturated(value);
  if ((instruction.mode & relu) != 0 && value <= 0) value = 0;
  if (instruction.type == Type::f64) {
    thread.r(instruction.to) = to_bits(value);
    return Outcome::next;
  }
  const Rounding rounding = (instruction.mode & to_integral) != 0 ? Rounding::nearest : instruction.rounding;
  U64 result = from_exact(value, instruction.type, rounding);
  if (instruction.flush && instruction.type == Type::f32) result = to_bits(flushed(from_bits<float>(result)));
  thread.r(instruction.to) = result;
  return Outcome::next;
}

/// What PTX says a NaN becomes.
U64 integer_of_nan(const Instruction& instruction) {
  const int bits = 8 * size_of(instruction.type);
  const bool zero = instruction.source_type != Type::f64 && bits != 64;
  return zero ? 0 : U64{1} << (bits - 1);
}

/// Out of range gives the nearest that there is.
U64 clamped_integer(double value, Type type) {
  const int bits = 8 * size_of(type);
  const double high = std::ldexp(1.0, is_signed(type) ? bits - 1 : bits), low = is_signed(type) ? -high : 0;
  if (value >= high) return is_signed(type) ? (U64{1} << (bits - 1)) - 1 : ~U64{0};
  if (value <= low) return is_signed(type) ? ~U64{0} << (bits - 1) : 0;
  return is_signed(type) ? static_cast<U64>(static_cast<S64>(value)) : static_cast<U64>(value);
}

Outcome float_to_integer(Thread& thread, const Instruction& instruction) {
  double value = as_double(thread.r(instruction.a), instruction.source_type);
  if (instruction.flush && instruction.source_type == Type::f32) value = flushed(static_cast<float>(value));
  const U64 result = std::isnan(value)
                         ? integer_of_nan(instruction)
                         : clamped_integer(integral(value, instruction.rounding), instruction.type);
  thread.r(instruction.to) = extended(result, instruction.type);
  return Outcome::next;
}

Outcome integer_to_float(Thread& thread, const Instruction& instruction) {
  const U64 source = extended(thread.r(instruction.a), instruction.source_type);
  const long double exact = is_signed(instruction.source_type)
                                ? static_cast<long double>(static_cast<S64>(source))
                                : static_cast<long double>(source);
  U64 result = 0;
  if (instruction.type == Type::f16 || instruction.type == Type::bf16) {
    // To odd, so that the second rounding is the only one that counts.
    const double towards_zero = rounded<double>(exact, Rounding::zero);
    const bool inexact = static_cast<long double>(towards_zero) != exact;
    const double odd = inexact ? from_bits<double>(to_bits(towards_zero) | 1) : towards_zero;
    result = narrowed(odd, instruction.type, instruction.rounding);
  } else {
    result = from_exact(exact, instruction.type, instruction.rounding);
  }
  if (instruction.saturate) result = to_bits(saturated(from_bits<float>(result)));
  thread.r(instruction.to) = result;
  return Outcome::next;
}

Outcome integer_to_integer(Thread& thread, const Instruction& instruction) {
  U64 value = extended(thread.r(instruction.a), instruction.source_type);
  if (instruction.saturate) {
    const int bits = 8 * size_of(instruction.type);
    const bool below = is_signed(instruction.source_type) && static_cast<S64>(value) < 0;
    if (is_signed(instruction.type)) {
      const U64 most = (U64{1} << (bits - 1)) - 1;
      value = below ? static_cast<U64>(std::max(static_cast<S64>(value), static_cast<S64>(~most)))
                    : std::min(value, most);
    } else {
      value = below ? 0 : std::min(value, ~U64{0} >> (64 - bits));
    }
  }
  thread.r(instruction.to) = extended(value, instruction.type);
  return Outcome::next;
}

/// cvt.rn.f16x2.f32 d, a, b: a becomes the upper half.
Outcome pack(Thread& thread, const Instruction& instruction) {
  const auto half = [&](int slot) {
    double value = from_bits<float>(thread.r(slot));
    if ((instruction.mode & relu) != 0 && value <= 0) value = 0;
    return U64{narrowed(value, instruction.type, instruction.rounding)};
  };
  thread.r(instruction.to) = half(instruction.a) << 16 | half(instruction.b);
  return Outcome::next;
}

/// Rounding to an integer, or to a format: both kinds of modifiers.
void take_roundings(Instruction& instruction, Statement& statement, bool& said) {
  const int whole = statement.take_any({"rni", "rzi", "rmi", "rpi"});
  if (whole >= 0) {
    instruction.rounding = static_cast<Rounding>(whole);
    instruction.mode = to_integral;
  }
  said = take_rounding(statement, instruction.rounding) || whole >= 0;
}

int precision(Type type) {
  return type == Type::bf16 ? 8 : type == Type::f16 ? 11 : type == Type::f32 ? 24 : 53;
}

bool needs_rounding(Type to, Type from) {
  if (!is_float(to)) return is_float(from);
  if (!is_float(from)) return true;
  return precision(to) < precision(from) || (to == Type::f16 && from == Type::bf16);
}

Execute conversion(Type to, Type from) {
  if (is_float(from)) return is_float(to) ? &float_to_float : &float_to_integer;
  return is_float(to) ? &integer_to_float : &integer_to_integer;
}

Instruction build_pack(Instruction instruction, Assembler& assembler, Statement& statement) {
  if (instruction.source_type != Type::f32) statement.refuse("a cvt that is not understood");
  instruction.type = element_of(instruction.type);
  instruction.to = assembler.destination(statement);
  instruction.a = assembler.source(statement);
  instruction.b = assembler.source(statement);
  instruction.execute = &pack;
  return instruction;
}

Instruction build_convert(Assembler& assembler, Statement& statement) {
  Instruction instruction;
  bool said = false;
  take_roundings(instruction, statement, said);
  instruction.flush = statement.take("ftz");
  instruction.saturate = statement.take("sat");
  instruction.mode |= statement.take("relu") ? relu : 0;
  instruction.type = statement.take_type();
  instruction.source_type = statement.take_type();
  if (element_of(instruction.type) != instruction.type) {
    if (!said) statement.refuse("no rounding is said");
    return build_pack(instruction, assembler, statement);
  }
  const bool understood = instruction.type != Type::pred && instruction.source_type != Type::pred &&
                          element_of(instruction.source_type) == instruction.source_type;
  if (!understood) statement.refuse("a cvt that is not understood");
  if (needs_rounding(instruction.type, instruction.source_type) != said &&
      !(said && is_float(instruction.type))) {
    statement.refuse("a rounding is missing, or too many");
  }
  if (instruction.flush && instruction.type != Type::f32 && instruction.source_type != Type::f32) {
    statement.refuse(".ftz without an .f32");
  }
  if (instruction.saturate && is_float(instruction.type) && !is_float(instruction.source_type) &&
      instruction.type != Type::f32) {
    statement.refuse("a cvt that is not understood");
  }
  instruction.to = assembler.destination(statement);
  instruction.a = assembler.source(statement);
  instruction.execute = conversion(instruction.type, instruction.source_type);
  return instruction;
}

}  // namespace

void add_convert(Table& table) { table[{"cvt", Family::any}] = build_convert; }

}  // namespace sca::kernels::cuda::ptx
