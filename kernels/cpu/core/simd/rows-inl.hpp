// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_ROWS_INL
#undef SCA_KERNELS_SIMD_ROWS_INL
#else
#define SCA_KERNELS_SIMD_ROWS_INL
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "hwy/highway.h"
#include "kernels/cpu/core/storage.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// A vector of stored numbers; the same results as storage.hpp's `load` and `store`.
template <class D>
HWY_INLINE hn::VFromD<D> load_vector(D d, const hn::TFromD<D>* from) {
  return hn::LoadU(d, from);
}
template <class D>
HWY_INLINE hn::VFromD<D> load_vector(D d, const BFloat16* from) {
  const hn::RebindToUnsigned<D> du;
  const hn::Rebind<std::uint16_t, D> du16;
  const auto bits = hn::LoadU(du16, reinterpret_cast<const std::uint16_t*>(from));
  return hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(du, bits)));
}
template <class D>
HWY_INLINE hn::VFromD<D> load_vector(D d, const Float16* from) {
  const hn::RebindToUnsigned<D> du;
  const hn::Rebind<std::uint16_t, D> du16;
  const auto bits = hn::PromoteTo(du, hn::LoadU(du16, reinterpret_cast<const std::uint16_t*>(from)));
  const auto rest = hn::And(bits, hn::Set(du, 0x7fffU));
  const auto sign = hn::ShiftLeft<16>(hn::Xor(bits, rest));
  const auto finite = hn::Mul(hn::BitCast(d, hn::ShiftLeft<13>(rest)), hn::Set(d, 0x1p112F));
  const auto special = hn::Or(hn::ShiftLeft<13>(rest), hn::Set(du, 0x7f800000U));
  const auto is_special = hn::RebindMask(d, hn::Gt(rest, hn::Set(du, 0x7bffU)));
  return hn::Or(hn::IfThenElse(is_special, hn::BitCast(d, special), finite), hn::BitCast(d, sign));
}

template <class D, class V>
HWY_INLINE void store_vector(D d, V x, hn::TFromD<D>* to) {
  hn::StoreU(x, d, to);
}
template <class D, class VU>
HWY_INLINE void store_halves(D, VU bits, std::uint16_t* to) {
  const hn::RebindToSigned<D> di;
  const hn::Rebind<std::uint16_t, D> du16;
  hn::StoreU(hn::DemoteTo(du16, hn::BitCast(di, bits)), du16, to);
}
template <class D, class V>
HWY_INLINE void store_vector(D d, V x, BFloat16* to) {
  const hn::RebindToUnsigned<D> du;
  const auto bits = hn::BitCast(du, x);
  const auto upper = hn::ShiftRight<16>(bits);
  const auto is_odd = hn::And(upper, hn::Set(du, 1U));
  const auto rounded = hn::ShiftRight<16>(hn::Add(bits, hn::Add(is_odd, hn::Set(du, 0x7fffU))));
  const auto nan = hn::Or(upper, hn::Set(du, 0x40U));
  const auto is_nan = hn::RebindMask(du, hn::IsNaN(x));
  store_halves(d, hn::IfThenElse(is_nan, nan, rounded), reinterpret_cast<std::uint16_t*>(to));
}
template <class D, class V>
HWY_INLINE void store_vector(D d, V x, Float16* to) {
  const hn::RebindToUnsigned<D> du;
  const auto bits = hn::BitCast(du, x);
  const auto size = hn::And(bits, hn::Set(du, 0x7fffffffU));
  const auto sign = hn::ShiftRight<16>(hn::Xor(bits, size));
  const auto is_odd = hn::And(hn::ShiftRight<13>(size), hn::Set(du, 1U));
  const auto up = hn::Add(is_odd, hn::Set(du, 0xfffU - 0x38000000U));
  const auto normal = hn::ShiftRight<13>(hn::Add(size, up));
  // Adding 0.5 leaves the half's last bit as the float's.
  const auto aligned = hn::BitCast(du, hn::Add(hn::BitCast(d, size), hn::Set(d, 0.5F)));
  const auto subnormal = hn::Sub(aligned, hn::Set(du, 0x3f000000U));
  auto half = hn::IfThenElse(hn::Lt(size, hn::Set(du, 0x38800000U)), subnormal, normal);
  half = hn::IfThenElse(hn::Gt(size, hn::Set(du, 0x477fefffU)), hn::Set(du, 0x7c00U), half);  // from 65520 on
  half = hn::IfThenElse(hn::Gt(size, hn::Set(du, 0x7f800000U)), hn::Set(du, 0x7e00U), half);
  store_halves(d, hn::Or(half, sign), reinterpret_cast<std::uint16_t*>(to));
}

/// `count` stored numbers as reals, followed by zeros up to `padded`: where they are, if nothing has to be
/// done.
template <class Stored, class Real>
HWY_INLINE const Real* widen(const Stored* from, std::size_t count, std::size_t padded, Real* scratch) {
  if constexpr (std::is_same_v<Stored, Real>) {
    if (count == padded) return from;
  }
  const hn::ScalableTag<Real> d;
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) hn::Store(load_vector(d, from + i), d, scratch + i);
  for (; i < count; ++i) scratch[i] = load(from[i]);
  for (; i < padded; ++i) scratch[i] = 0;
  return scratch;
}

/// Stores `count` reals.
template <class Stored, class Real>
HWY_INLINE void narrow(const Real* from, std::size_t count, Stored* to) {
  const hn::ScalableTag<Real> d;
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) store_vector(d, hn::Load(d, from + i), to + i);
  for (; i < count; ++i) to[i] = store<Stored>(from[i]);
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
