#pragma once

#include <bit>
#include <cstdint>

#include "kernels/cpu/core/storage.hpp"

// CUDA's numbers of 16 bits, which are converted and never computed with. The arithmetic is storage.hpp's,
// but for NaN: CUDA's conversions make it canonical (0x7fff, and 0x7fffffff of a half).

// NOLINTBEGIN(readability-identifier-naming): CUDA's names
struct __nv_bfloat16 {
  std::uint16_t bits;
};
struct __half {
  std::uint16_t bits;
};

inline float __bfloat162float(__nv_bfloat16 x) { return sca::kernels::load(sca::kernels::BFloat16{x.bits}); }
/// Rounded to nearest, ties to even.
inline __nv_bfloat16 __float2bfloat16(float x) {
  if (x != x) return {0x7fffU};
  return {sca::kernels::store<sca::kernels::BFloat16>(x).bits};
}
inline __nv_bfloat16 __float2bfloat16_rn(float x) { return __float2bfloat16(x); }

inline float __half2float(__half x) {
  if ((x.bits & 0x7fffU) > 0x7c00U) return std::bit_cast<float>(0x7fffffffU);
  return sca::kernels::load(sca::kernels::Float16{x.bits});
}
/// Rounded to nearest, ties to even; overflow to infinity.
inline __half __float2half(float x) {
  if (x != x) return {0x7fffU};
  return {sca::kernels::store<sca::kernels::Float16>(x).bits};
}
inline __half __float2half_rn(float x) { return __float2half(x); }

/// Bits as they are: for numbers that came in vectors.
inline __nv_bfloat16 __ushort_as_bfloat16(unsigned short bits) { return {bits}; }
inline unsigned short __bfloat16_as_ushort(__nv_bfloat16 x) { return x.bits; }
inline __half __ushort_as_half(unsigned short bits) { return {bits}; }
inline unsigned short __half_as_ushort(__half x) { return x.bits; }
// NOLINTEND(readability-identifier-naming)
