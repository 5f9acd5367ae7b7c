// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_PLANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_PLANES_INL
#undef SCA_KERNELS_SIMD_PLANES_INL
#else
#define SCA_KERNELS_SIMD_PLANES_INL
#endif

#include <array>
#include <cstddef>
#include <type_traits>

#include "kernels/cpu/core/simd/layout.hpp"
#include "kernels/cpu/core/simd/rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Four numbers of each of a vector's channels.
template <class D, class V>
HWY_INLINE void load_four_planes(D d, const hn::TFromD<D>* from, V& v0, V& v1, V& v2, V& v3) {
#if HWY_TARGET == HWY_AVX3
  // Twice evens and odds: half the shuffles of LoadInterleaved4.
  const std::size_t lanes = hn::Lanes(d);
  const V a = hn::LoadU(d, from);
  const V b = hn::LoadU(d, from + lanes);
  const V c = hn::LoadU(d, from + 2 * lanes);
  const V e = hn::LoadU(d, from + 3 * lanes);
  const V even_low = hn::ConcatEven(d, b, a);
  const V even_high = hn::ConcatEven(d, e, c);
  const V odd_low = hn::ConcatOdd(d, b, a);
  const V odd_high = hn::ConcatOdd(d, e, c);
  v0 = hn::ConcatEven(d, even_high, even_low);
  v1 = hn::ConcatEven(d, odd_high, odd_low);
  v2 = hn::ConcatOdd(d, even_high, even_low);
  v3 = hn::ConcatOdd(d, odd_high, odd_low);
#else
  hn::LoadInterleaved4(d, from, v0, v1, v2, v3);
#endif
}

/// Two numbers.
template <class D, class V>
HWY_INLINE void load_two_planes(D d, const hn::TFromD<D>* from, V& v0, V& v1) {
#if HWY_TARGET == HWY_AVX3
  const V a = hn::LoadU(d, from);
  const V b = hn::LoadU(d, from + hn::Lanes(d));
  v0 = hn::ConcatEven(d, b, a);
  v1 = hn::ConcatOdd(d, b, a);
#else
  hn::LoadInterleaved2(d, from, v0, v1);
#endif
}

/// One number of each of a vector's channels for each of N samples, [channels, N].
template <std::size_t N, class D, class V = hn::VFromD<D>>
HWY_INLINE std::array<V, N> load_interleaved(D d, const hn::TFromD<D>* from) {
  std::array<V, N> all;
  if constexpr (N == 1)
    all[0] = hn::LoadU(d, from);
  else
    load_two_planes(d, from, all[0], all[1]);
  return all;
}
template <class D, class V, std::size_t N>
HWY_INLINE void store_interleaved(D d, const std::array<V, N>& all, hn::TFromD<D>* to) {
  if constexpr (N == 1)
    hn::StoreU(all[0], d, to);
  else
    hn::StoreInterleaved2(all[0], all[1], d, to);
}

/// [width, planes] -> [planes, width], for a width of whole vectors: a vector holds one number of as many
/// channels.
template <class Real>
HWY_INLINE void to_planes(const Real* from, std::size_t width, std::size_t planes, Real* to) {
  const hn::ScalableTag<Real> d;
  using V = hn::VFromD<decltype(d)>;
  if (planes == 1) {
    for (std::size_t h = 0; h < width; h += hn::Lanes(d)) hn::Store(hn::LoadU(d, from + h), d, to + h);
  } else if (planes == 2) {
    for (std::size_t h = 0; h < width; h += hn::Lanes(d)) {
      V a, b;
      load_two_planes(d, from + 2 * h, a, b);
      hn::Store(a, d, to + h);
      hn::Store(b, d, to + width + h);
    }
  } else if (planes == 4) {
    for (std::size_t h = 0; h < width; h += hn::Lanes(d)) {
      V v0, v1, v2, v3;
      load_four_planes(d, from + 4 * h, v0, v1, v2, v3);
      hn::Store(v0, d, to + h);
      hn::Store(v1, d, to + width + h);
      hn::Store(v2, d, to + 2 * width + h);
      hn::Store(v3, d, to + 3 * width + h);
    }
  } else {
    for (std::size_t p = 0; p < planes; ++p)
      for (std::size_t h = 0; h < width; ++h) to[p * width + h] = from[h * planes + p];
  }
}

/// The inverse.
template <class Real>
HWY_INLINE void from_planes(const Real* from, std::size_t width, std::size_t planes, Real* to) {
  const hn::ScalableTag<Real> d;
  if (planes == 1) {
    for (std::size_t h = 0; h < width; h += hn::Lanes(d)) hn::StoreU(hn::Load(d, from + h), d, to + h);
  } else if (planes == 2) {
    for (std::size_t h = 0; h < width; h += hn::Lanes(d))
      hn::StoreInterleaved2(hn::Load(d, from + h), hn::Load(d, from + width + h), d, to + 2 * h);
  } else if (planes == 4) {
    for (std::size_t h = 0; h < width; h += hn::Lanes(d))
      hn::StoreInterleaved4(hn::Load(d, from + h), hn::Load(d, from + width + h),
                            hn::Load(d, from + 2 * width + h), hn::Load(d, from + 3 * width + h), d,
                            to + 4 * h);
  } else {
    for (std::size_t h = 0; h < width; ++h)
      for (std::size_t p = 0; p < planes; ++p) to[h * planes + p] = from[p * width + h];
  }
}

/// [H, planes] stored -> [planes, padded], with zeros for the channels that are none; `scratch` [padded,
/// planes].
template <class Stored, class Real>
HWY_INLINE void spread(const Layout& layout, const Stored* from, std::size_t planes, Real* scratch,
                       Real* to) {
  const Real* row = widen(from, layout.H * planes, layout.padded * planes, scratch);
  to_planes(row, layout.padded, planes, to);
}

/// The inverse.
template <class Stored, class Real>
HWY_INLINE void gather(const Layout& layout, const Real* from, std::size_t planes, Real* scratch,
                       Stored* to) {
  if constexpr (std::is_same_v<Stored, Real>) {
    if (layout.H == layout.padded) return from_planes(from, layout.padded, planes, to);
  }
  from_planes(from, layout.padded, planes, scratch);
  narrow(scratch, layout.H * planes, to);
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
