#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "kernels/plugin.h"

namespace sca::kernels {

/// Numbers of 16 bits; arithmetic is done on floats.
struct BFloat16 {
  std::uint16_t bits;
};
struct Float16 {
  std::uint16_t bits;
};

/// What a kernel computes in, for numbers stored as Stored.
template <class Stored>
using RealOf = std::conditional_t<std::is_same_v<Stored, double>, double, float>;

template <class Stored>
inline constexpr sca_dtype dtype_of = std::is_same_v<Stored, double>     ? SCA_F64
                                      : std::is_same_v<Stored, float>    ? SCA_F32
                                      : std::is_same_v<Stored, BFloat16> ? SCA_BF16
                                                                         : SCA_F16;

inline float load(float x) { return x; }
inline double load(double x) { return x; }
inline float load(BFloat16 x) { return std::bit_cast<float>(std::uint32_t{x.bits} << 16U); }
inline float load(Float16 x) {
  const std::uint32_t sign = (x.bits & 0x8000U) << 16U;
  const std::uint32_t rest = x.bits & 0x7fffU;
  if (rest >= 0x7c00U) return std::bit_cast<float>(sign | 0x7f800000U | (rest & 0x3ffU) << 13U);
  // The exponent's bias differs by 112; the product is exact, also where the half is subnormal.
  return std::bit_cast<float>(sign | rest << 13U) * 0x1p112F;
}

/// Round to nearest, ties to even; overflow to infinity; a NaN stays one.
template <class Stored>
Stored store(RealOf<Stored> x);

template <>
inline float store<float>(float x) {
  return x;
}
template <>
inline double store<double>(double x) {
  return x;
}
template <>
inline BFloat16 store<BFloat16>(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  if (x != x) return {static_cast<std::uint16_t>(bits >> 16U | 0x40U)};
  return {static_cast<std::uint16_t>((bits + 0x7fffU + (bits >> 16U & 1U)) >> 16U)};
}
template <>
inline Float16 store<Float16>(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t sign = bits >> 16U & 0x8000U;
  const std::uint32_t size = bits & 0x7fffffffU;
  const auto joined = [&](std::uint32_t rest) { return Float16{static_cast<std::uint16_t>(sign | rest)}; };
  if (size > 0x7f800000U) return joined(0x7e00U);
  if (size >= 0x477ff000U) return joined(0x7c00U);  // from 65520 on
  if (size < 0x38800000U) {
    // Subnormal: adding 0.5 leaves the half's last bit as the float's.
    const float aligned = std::bit_cast<float>(size) + 0.5F;
    return joined(std::bit_cast<std::uint32_t>(aligned) - 0x3f000000U);
  }
  return joined((size - 0x38000000U + 0xfffU + (size >> 13U & 1U)) >> 13U);
}

/// The numbers of token t of sequence b.
template <class Stored>
const Stored* row(const sca_const_tokens& tokens, std::int64_t b, std::int64_t t) {
  return static_cast<const Stored*>(tokens.data) + (b * tokens.sequence_stride + t * tokens.token_stride);
}
template <class Stored>
Stored* row(const sca_tokens& tokens, std::int64_t b, std::int64_t t) {
  return static_cast<Stored*>(tokens.data) + (b * tokens.sequence_stride + t * tokens.token_stride);
}

}  // namespace sca::kernels
