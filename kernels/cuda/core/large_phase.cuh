#pragma once

#include <cstdint>

#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda {

/// A phase's distance to the nearest multiple of pi/2, within pi/4, and that multiple modulo 4.
struct Reduced {
  float rest;
  std::uint32_t quadrant;
};

/// 32 bits of 2/pi from its bit `from` on, of which bit 0 is that of 2^-1.
/// domain   -32 < from < 224
__device__ inline std::uint32_t two_over_pi_bits(int from) {
  // As a chain of selections: a table would be local memory.
  const auto word = [](int i) -> std::uint32_t {
    return i == 0   ? 0xa2f9836eU
           : i == 1 ? 0x4e441529U
           : i == 2 ? 0xfc2757d1U
           : i == 3 ? 0xf534ddc0U
           : i == 4 ? 0xdb629599U
           : i == 5 ? 0x3c439041U
           : i == 6 ? 0xfe5163abU
                    : 0U;
  };
  const int first = from >> 5;
  const auto shift = static_cast<unsigned>(from & 31);
  const std::uint32_t high = word(first);
  return shift == 0 ? high : high << shift | word(first + 1) >> (32U - shift);
}

/// Payne and Hanek's reduction: of x 2/pi only those bits are formed that the result depends on.
///
/// domain   2^14 < |x|; infinities and NaN give NaN
/// error    2^-60 and the rest's own rounding: no float of that size is nearer to a multiple of pi/2 than
/// 2^-31 source   Payne and Hanek 1983; Muller et al., Handbook of Floating-Point Arithmetic, section 11.5
__device__ inline Reduced reduced_phase(float x) {
  if (!(fabsf(x) < INFINITY)) return {NAN, 0};
  const std::uint32_t bits = __float_as_uint(x);
  const std::uint64_t mantissa = (bits & 0x7fffffU) | 0x800000U;
  // x = mantissa 2^exponent: bits of 2/pi before 2^(1 - exponent) give multiples of four.
  const int exponent = static_cast<int>(bits >> 23U & 0xffU) - 150;
  const int from = exponent - 2;
  // x 2/pi modulo 4, in units of 2^-62.
  const std::uint64_t top = mantissa * two_over_pi_bits(from) << 32U;
  const std::uint64_t middle = mantissa * two_over_pi_bits(from + 32);
  const std::uint64_t low = mantissa * two_over_pi_bits(from + 64) >> 32U;
  const std::uint64_t turns = top + middle + low;
  // To the nearest multiple.
  const std::uint64_t rounded = turns + (std::uint64_t{1} << 61U);
  const auto quadrant = static_cast<std::uint32_t>(rounded >> 62U);
  const auto signed_rest = static_cast<std::int64_t>(turns - (static_cast<std::uint64_t>(quadrant) << 62U));
  const double rest = static_cast<double>(signed_rest) * 0x1.921fb54442d18p-62;  // pi/2 2^-62
  const auto small = static_cast<float>(rest);
  return (bits >> 31U) != 0 ? Reduced{-small, (4U - quadrant) & 3U} : Reduced{small, quadrant};
}

}  // namespace sca::kernels::cuda
