#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/core/simd/elementary_constants.hpp"
#include "kernels/cuda/core/large_phase.cuh"
#include "kernels/cuda/source.hpp"

// Elementary functions without a library's: additions, products and fused products alone, in the order of the
// CPU's vector kernels (kernels/cpu/core/simd/elementary-inl.hpp), so that the same bits come out on a
// device, from its PTX and on the host, and what is measured of one holds for all.

namespace sca::kernels::cuda {

using Constants = simd::Elementary<float>;

/// c_0 + c_1 x + c_2 x^2 + ...
template <const auto& c, std::size_t i = 0>
__device__ inline float polynomial(float x) {
  constexpr float coefficient = c[i];
  if constexpr (i + 1 == c.size())
    return coefficient;
  else
    return fmaf(polynomial<c, i + 1>(x), x, coefficient);
}

/// domain   |x| <= 3; a NaN's are NaN
__device__ inline void sin_cos_of_small(float x, float& sine, float& cosine) {
  const float z = x * x;
  sine = x * polynomial<Constants::sine_to_3>(z);
  cosine = polynomial<Constants::cosine_to_3>(z);
}

/// Of r + n pi/2.
__device__ inline void sin_cos_in_quadrant(float r, std::uint32_t n, float& sine, float& cosine) {
  const float z = r * r;
  const float s = fmaf(polynomial<Constants::sine>(z), r * z, r);
  const float c = fmaf(fmaf(polynomial<Constants::cosine>(z), z, -0.5F), z, 1.0F);
  const bool is_odd = (n & 1U) != 0;
  sine = is_odd ? c : s;
  cosine = is_odd ? s : c;
  if ((n & 2U) != 0) sine = -sine;
  if (((n + 1) & 2U) != 0) cosine = -cosine;
}

/// domain   every x; those of infinities and of a NaN are NaN
/// error    that of the vector kernels up to 2^14, beyond it an ulp of the result near 1
__device__ inline void sin_cos(float x, float& sine, float& cosine) {
  const float size = fabsf(x);
  if (size <= 3.0F) {
    sin_cos_of_small(x, sine, cosine);
    return;
  }
  if (size > Constants::reduced_up_to) {
    const Reduced reduced = reduced_phase(x);
    sin_cos_in_quadrant(reduced.rest, reduced.quadrant, sine, cosine);
    return;
  }
  const float t = fmaf(x, Constants::two_over_pi, Constants::to_integer);
  const float n = t - Constants::to_integer;
  float r = fmaf(-n, Constants::pi_half_parts[0], x);
  r = fmaf(-n, Constants::pi_half_parts[1], r);
  r = fmaf(-n, Constants::pi_half_parts[2], r);
  r = fmaf(-n, Constants::pi_half_parts[3], r);
  sin_cos_in_quadrant(r, __float_as_uint(t), sine, cosine);
}

/// 2^n for an exponent of normal numbers.
__device__ inline float power_of_two(std::int32_t n) {
  return __uint_as_float(static_cast<std::uint32_t>(n + Constants::exponent_bias)
                         << Constants::mantissa_bits);
}

/// e^x, subnormal results included.
__device__ inline float exponential(float x) {
  // Written so that a NaN stays one.
  if (x < Constants::exp_lowest) x = Constants::exp_lowest;
  if (x > Constants::exp_highest) x = Constants::exp_highest;
  const float t = fmaf(x, Constants::log2_e, Constants::to_integer);
  const float n = t - Constants::to_integer;
  const float r = fmaf(-n, Constants::ln2[1], fmaf(-n, Constants::ln2[0], x));
  const float more = fmaf(r * r, polynomial<Constants::exponential>(r), r);
  // In two steps: the first is exact, and only the second may leave the range of normal numbers.
  const auto whole = static_cast<std::int32_t>(__float_as_uint(t) - __float_as_uint(Constants::to_integer));
  const std::int32_t half = whole >> 1;
  return (1.0F + more) * power_of_two(half) * power_of_two(whole - half);
}

/// log(1 + y)
/// domain   y >= 0, infinity and NaN included
__device__ inline float log_one_plus(float y) {
  if (!(y < INFINITY)) return y;
  const float sum = 1.0F + y;
  const float lost = (y < 1.0F ? y : 1.0F) - (sum - (y < 1.0F ? 1.0F : y));
  // sum = 2^exponent f with f between sqrt(1/2) and sqrt(2)
  const auto above = static_cast<std::int32_t>(__float_as_uint(sum) - __float_as_uint(Constants::root_half));
  const std::int32_t exponent = above >> Constants::mantissa_bits;
  const float f = __uint_as_float(__float_as_uint(sum) -
                                  (static_cast<std::uint32_t>(exponent) << Constants::mantissa_bits));
  // Beyond 2^64 what was lost in the sum does not matter.
  const float g = fmaf(lost, power_of_two(-min(exponent, 64)), f - 1.0F);
  const auto k = static_cast<float>(exponent);
  const float s = g / (g + 2.0F);
  const float z = s * s;
  const float half_square = g * g * 0.5F;
  const float rest = fmaf(polynomial<Constants::logarithm>(z), z, half_square);
  const float low = fmaf(s, rest, k * Constants::ln2[1]);
  return fmaf(k, Constants::ln2[0], g - (half_square - low));
}

/// log(1 + e^x), or x itself above `linear_above`.
__device__ inline float softplus(float x, float linear_above) {
  if (x > linear_above) return x;
  if (linear_above == INFINITY) return (x < 0.0F ? 0.0F : x) + log_one_plus(exponential(-fabsf(x)));
  return log_one_plus(exponential(x));
}

}  // namespace sca::kernels::cuda
