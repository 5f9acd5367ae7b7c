#include "evidence/input/elements.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace sca::evidence {
namespace {

/// IEEE binary16: subnormals are multiples of 2^-24, the top exponent is infinity (no mantissa) or NaN.
double half(std::uint64_t bits) {
  const auto exponent = static_cast<int>((bits >> 10) & 31u);
  const auto mantissa = static_cast<double>(bits & 1023u);
  double magnitude = exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024 + mantissa, exponent - 25);
  if (exponent == 31) magnitude = mantissa > 0 ? NAN : INFINITY;
  return (bits & 0x8000u) != 0 ? -magnitude : magnitude;
}

double single(std::uint64_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits)); }

bool fits(std::uint64_t magnitude) {
  const std::uint64_t significant = magnitude == 0 ? 0 : magnitude >> std::countr_zero(magnitude);
  return significant >> std::numeric_limits<double>::digits == 0;
}

}  // namespace

std::uint64_t load_bits(const char* bytes, const ElementType& type) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < type.width; ++i) {
    bits = (bits << 8) | static_cast<unsigned char>(bytes[type.big_endian ? i : type.width - 1 - i]);
  }
  return bits;
}

std::optional<double> to_double(std::uint64_t bits, const ElementType& type) {
  if (type.kind == 'b') return single(bits << 16);
  if (type.kind == 'f' && type.width == 2) return half(bits);
  if (type.kind == 'f') return type.width == 4 ? single(bits) : std::bit_cast<double>(bits);
  if (type.kind == '?' && bits > 1) return std::nullopt;
  const bool negative = type.kind == 'i' && ((bits >> (8 * type.width - 1)) & 1u) != 0;
  const std::uint64_t beyond = type.width == 8 ? 0 : ~std::uint64_t{0} << (8 * type.width);
  const std::uint64_t magnitude = negative ? ~(bits | beyond) + 1 : bits;
  if (!fits(magnitude)) return std::nullopt;
  return negative ? -static_cast<double>(magnitude) : static_cast<double>(magnitude);
}

}  // namespace sca::evidence
