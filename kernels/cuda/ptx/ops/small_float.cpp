// Compiled with -frounding-math -ffp-contract=off.
#include "kernels/cuda/ptx/ops/small_float.hpp"

#include <algorithm>
#include <cmath>

namespace sca::kernels::cuda::ptx {
namespace {

/// A sign, exponent bits, fraction bits: IEEE's layout.
struct Format {
  int fraction, exponent;
  int bias() const { return (1 << (exponent - 1)) - 1; }
  U32 infinite() const { return ((U32{1} << exponent) - 1) << fraction; }
};

Format format_of(Type type) { return type == Type::f16 ? Format{10, 5} : Format{7, 8}; }

/// Does the mode round a magnitude between `whole` and the next one up?
bool rounds_up(double whole, double rest, bool negative, Rounding rounding) {
  switch (rounding) {
    case Rounding::zero: return false;
    case Rounding::down: return negative && rest > 0;
    case Rounding::up: return !negative && rest > 0;
    default: return rest > 0.5 || (rest == 0.5 && std::fmod(whole, 2) != 0);
  }
}

bool overflows_to_largest(bool negative, Rounding rounding) {
  return rounding == Rounding::zero || (rounding == Rounding::down && !negative) ||
         (rounding == Rounding::up && negative);
}

/// Of a finite value that is not zero.
U32 narrowed_magnitude(double magnitude, bool negative, const Format& format, Rounding rounding) {
  // In units of the last place that the result can have, subnormals included.
  const int exponent = std::max(std::ilogb(magnitude), 1 - format.bias());
  const double units = std::ldexp(magnitude, format.fraction - exponent);
  double whole = std::floor(units);
  if (rounds_up(whole, units - whole, negative, rounding)) whole += 1;
  // The fraction's carry runs into the exponent by itself.
  const auto significand = static_cast<U32>(whole);
  const auto biased = static_cast<U32>(exponent + format.bias() - 1);
  const U32 bits = (biased << format.fraction) + significand;
  if (exponent > format.bias() || bits >= format.infinite()) {
    return overflows_to_largest(negative, rounding) ? format.infinite() - 1 : format.infinite();
  }
  return bits;
}

}  // namespace

double widened(U16 bits, Type type) {
  const Format format = format_of(type);
  const U32 magnitude = bits & 0x7fffU;
  const int exponent = static_cast<int>(magnitude >> format.fraction);
  const int fraction = static_cast<int>(magnitude & ((U32{1} << format.fraction) - 1));
  double value;
  if (magnitude >= format.infinite()) {
    value = magnitude == format.infinite() ? HUGE_VAL : std::nan("");
  } else if (exponent == 0) {
    value = std::ldexp(fraction, 1 - format.bias() - format.fraction);
  } else {
    value = std::ldexp(fraction + (1 << format.fraction), exponent - format.bias() - format.fraction);
  }
  return (bits & 0x8000U) != 0 ? -value : value;
}

U16 narrowed(double value, Type type, Rounding rounding) {
  if (std::isnan(value)) return 0x7fff;
  const Format format = format_of(type);
  const bool negative = std::signbit(value);
  U32 magnitude = 0;
  if (std::isinf(value)) {
    magnitude = format.infinite();
  } else if (value != 0) {
    magnitude = narrowed_magnitude(std::fabs(value), negative, format, rounding);
  }
  return static_cast<U16>(magnitude | (negative ? 0x8000U : 0U));
}

double sum_to_odd(double x, double y) {
  const double sum = x + y;
  if (!std::isfinite(sum)) return sum;
  const double part = sum - x;
  const double error = (x - (sum - part)) + (y - part);  // exactly what is missing
  const U64 bits = to_bits(sum);
  if (error == 0 || (bits & 1) != 0) return sum;
  const bool away = (error > 0) == (sum > 0);
  return from_bits<double>(away ? bits + 1 : bits - 1);
}

Type element_of(Type type) {
  if (type == Type::f16x2) return Type::f16;
  if (type == Type::bf16x2) return Type::bf16;
  return type;
}

}  // namespace sca::kernels::cuda::ptx
