// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_ELEMENTARY_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_ELEMENTARY_INL
#undef SCA_KERNELS_SIMD_ELEMENTARY_INL
#else
#define SCA_KERNELS_SIMD_ELEMENTARY_INL
#endif

#include <array>
#include <cmath>
#include <cstddef>

#include "hwy/highway.h"
#include "kernels/cpu/core/simd/elementary_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// c_0 + c_1 x + c_2 x^2 + ...
template <std::size_t i = 0, class D, class V, class Real, std::size_t n>
HWY_INLINE V polynomial(D d, V x, const std::array<Real, n>& c) {
  if constexpr (i + 1 == n)
    return hn::Set(d, c[i]);
  else
    return hn::MulAdd(polynomial<i + 1>(d, x, c), x, hn::Set(d, c[i]));
}

/// Of the arguments beyond the range that the reduction is exact for.
template <class D, class V>
HWY_NOINLINE void sin_cos_of_large(D d, V x, V& sine, V& cosine) {
  using Real = hn::TFromD<D>;
  HWY_ALIGN Real xs[HWY_MAX_BYTES / sizeof(Real)];
  HWY_ALIGN Real sines[HWY_MAX_BYTES / sizeof(Real)];
  HWY_ALIGN Real cosines[HWY_MAX_BYTES / sizeof(Real)];
  hn::Store(x, d, xs);
  hn::Store(sine, d, sines);
  hn::Store(cosine, d, cosines);
  for (std::size_t i = 0; i < hn::Lanes(d); ++i) {
    if (!(std::abs(xs[i]) > Elementary<Real>::reduced_up_to)) continue;
    sines[i] = std::sin(xs[i]);
    cosines[i] = std::cos(xs[i]);
  }
  sine = hn::Load(d, sines);
  cosine = hn::Load(d, cosines);
}

/// Of r + n pi/2, where the low bits of `quadrant` are those of n.
template <class D, class V, class VU>
HWY_INLINE void sin_cos_in_quadrant(D d, V r, VU quadrant, V& sine, V& cosine) {
  using Real = hn::TFromD<D>;
  using C = Elementary<Real>;
  const hn::RebindToUnsigned<D> du;
  using Bits = hn::TFromD<decltype(du)>;
  constexpr int to_sign = sizeof(Real) * 8 - 2;
  const V z = hn::Mul(r, r);
  const V s = hn::MulAdd(polynomial(d, z, C::sine), hn::Mul(r, z), r);
  const V c =
      hn::MulAdd(hn::MulAdd(polynomial(d, z, C::cosine), z, hn::Set(d, Real(-0.5))), z, hn::Set(d, Real(1)));
  const auto sign = hn::Set(du, Bits{1} << (to_sign + 1));
  const auto odd = hn::RebindMask(d, hn::TestBit(quadrant, hn::Set(du, Bits{1})));
  // The second bit of n, and that of n + 1, as signs.
  const auto second = hn::ShiftLeft<to_sign>(quadrant);
  const auto of_next = hn::Add(second, hn::Set(du, Bits{1} << to_sign));
  const auto one = hn::BitCast(du, hn::IfThenElse(odd, c, s));
  const auto other = hn::BitCast(du, hn::IfThenElse(odd, s, c));
  sine = hn::BitCast(d, hn::Xor(one, hn::And(second, sign)));
  cosine = hn::BitCast(d, hn::Xor(other, hn::And(of_next, sign)));
}

/// Polynomials in x^2: there is nothing to reduce.
///
/// domain   |x| <= 3; a NaN's are NaN
/// error    evidence/kernels/elementary.hpp
template <class D, class V>
HWY_INLINE void sin_cos_of_small(D d, V x, V& sine, V& cosine) {
  using C = Elementary<hn::TFromD<D>>;
  const V z = hn::Mul(x, x);
  sine = hn::Mul(x, polynomial(d, z, C::sine_to_3));
  cosine = polynomial(d, z, C::cosine_to_3);
}

/// domain   every x; a NaN's are NaN
/// error    as above
template <class D, class V>
HWY_INLINE void sin_cos_of_any(D d, V x, V& sine, V& cosine) {
  using C = Elementary<hn::TFromD<D>>;
  const hn::RebindToUnsigned<D> du;
  const V t = hn::MulAdd(x, hn::Set(d, C::two_over_pi), hn::Set(d, C::to_integer));
  const V n = hn::Sub(t, hn::Set(d, C::to_integer));
  V r = x;
  for (const auto part : C::pi_half_parts) r = hn::NegMulAdd(n, hn::Set(d, part), r);
  sin_cos_in_quadrant(d, r, hn::BitCast(du, t), sine, cosine);
  const auto is_large = hn::Gt(hn::Abs(x), hn::Set(d, C::reduced_up_to));
  if (HWY_UNLIKELY(!hn::AllFalse(d, is_large))) sin_cos_of_large(d, x, sine, cosine);
}

template <class D, class V>
HWY_INLINE void sin_cos_of(D d, bool is_wide, V x, V& sine, V& cosine) {
  is_wide ? sin_cos_of_any(d, x, sine, cosine) : sin_cos_of_small(d, x, sine, cosine);
}

/// 2^n for an exponent of normal numbers.
template <class D, class VI>
HWY_INLINE hn::VFromD<D> power_of_two(D d, VI n) {
  using C = Elementary<hn::TFromD<D>>;
  const hn::RebindToSigned<D> di;
  return hn::BitCast(d, hn::ShiftLeft<C::mantissa_bits>(hn::Add(n, hn::Set(di, C::exponent_bias))));
}

/// e^x, subnormal results included.
template <class D, class V>
HWY_INLINE V exp(D d, V x) {
  using Real = hn::TFromD<D>;
  using C = Elementary<Real>;
  const hn::RebindToSigned<D> di;
  // Written so that a NaN stays one.
  x = hn::IfThenElse(hn::Lt(x, hn::Set(d, C::exp_lowest)), hn::Set(d, C::exp_lowest), x);
  x = hn::IfThenElse(hn::Gt(x, hn::Set(d, C::exp_highest)), hn::Set(d, C::exp_highest), x);
  const V t = hn::MulAdd(x, hn::Set(d, C::log2_e), hn::Set(d, C::to_integer));
  const V n = hn::Sub(t, hn::Set(d, C::to_integer));
  V r = x;
  for (const Real part : C::ln2) r = hn::NegMulAdd(n, hn::Set(d, part), r);
  const V more = hn::MulAdd(hn::Mul(r, r), polynomial(d, r, C::exponential), r);
  // In two steps: the first is exact, and only the second may leave the range of normal numbers.
  const auto whole = hn::Sub(hn::BitCast(di, t), hn::BitCast(di, hn::Set(d, C::to_integer)));
  const auto half = hn::ShiftRight<1>(whole);
  const V scaled = hn::Mul(hn::Add(hn::Set(d, Real(1)), more), power_of_two(d, half));
  return hn::Mul(scaled, power_of_two(d, hn::Sub(whole, half)));
}

/// log(1 + g) + k ln 2
template <class D, class V>
HWY_INLINE V log1p_reduced(D d, V g, V k) {
  using Real = hn::TFromD<D>;
  using C = Elementary<Real>;
  const V s = hn::Div(g, hn::Add(g, hn::Set(d, Real(2))));
  const V z = hn::Mul(s, s);
  const V half_square = hn::Mul(hn::Mul(g, g), hn::Set(d, Real(0.5)));
  const V rest = hn::MulAdd(polynomial(d, z, C::logarithm), z, half_square);
  const V low = hn::MulAdd(s, rest, hn::Mul(k, hn::Set(d, C::ln2[1])));
  return hn::MulAdd(k, hn::Set(d, C::ln2[0]), hn::Sub(g, hn::Sub(half_square, low)));
}

/// log(1 + y)
/// domain   y >= 0, infinity and NaN included
template <class D, class V>
HWY_INLINE V log1p(D d, V y) {
  using Real = hn::TFromD<D>;
  using C = Elementary<Real>;
  const hn::RebindToSigned<D> di;
  const V one = hn::Set(d, Real(1));
  const V sum = hn::Add(one, y);
  const V lost = hn::Sub(hn::Min(y, one), hn::Sub(sum, hn::Max(y, one)));
  // sum = 2^k f with f between sqrt(1/2) and sqrt(2)
  const auto least = hn::BitCast(di, hn::Set(d, C::root_half));
  const auto above = hn::Sub(hn::BitCast(di, sum), least);
  const auto exponent = hn::ShiftRight<C::mantissa_bits>(above);
  const V f = hn::BitCast(d, hn::Sub(hn::BitCast(di, sum), hn::ShiftLeft<C::mantissa_bits>(exponent)));
  // Beyond 2^64 what was lost in the sum does not matter.
  const V k = hn::ConvertTo(d, exponent);
  const auto back = hn::Neg(hn::Min(exponent, hn::Set(di, 64)));
  const V g = hn::MulAdd(lost, power_of_two(d, back), hn::Sub(f, one));
  return hn::IfThenElse(hn::Lt(y, hn::Inf(d)), log1p_reduced(d, g, k), y);
}

/// log(1 + e^x), or x itself above `linear_above`.
template <class D, class V>
HWY_INLINE V softplus(D d, V x, hn::TFromD<D> linear_above) {
  if (std::isinf(linear_above)) {
    const V positive = hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Zero(d), x);
    return hn::Add(positive, log1p(d, exp(d, hn::Neg(hn::Abs(x)))));
  }
  return hn::IfThenElse(hn::Gt(x, hn::Set(d, linear_above)), x, log1p(d, exp(d, x)));
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
