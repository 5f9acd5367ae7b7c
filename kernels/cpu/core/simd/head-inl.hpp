// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_HEAD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_HEAD_INL
#undef SCA_KERNELS_SIMD_HEAD_INL
#else
#define SCA_KERNELS_SIMD_HEAD_INL
#endif

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "kernels/cpu/core/serial/head.hpp"
#include "kernels/cpu/core/simd/layout.hpp"
#include "kernels/cpu/core/simd/planes-inl.hpp"
#include "kernels/cpu/core/simd/prefix-inl.hpp"
#include "kernels/cpu/core/simd/rows-inl.hpp"
#include "kernels/cpu/core/simd/weights-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// sqrt(H), or 1.
template <class Real>
struct Root {
  using Bits = hwy::UnsignedFromSize<sizeof(Real)>;

  explicit Root(const sca_core_inputs& in)
      : value(in.rules.over_root_h != 0 ? std::sqrt(static_cast<Real>(in.shape.H)) : Real(1)),
        inverse(1 / value),
        is_power_of_two((std::bit_cast<Bits>(value) & ((Bits{1} << Elementary<Real>::mantissa_bits) - 1)) ==
                        0) {}

  /// x / root, with a division's one rounding: none is in the inverse of a power of 2.
  template <class D, class V>
  HWY_INLINE V divide(D d, V x) const {
    return is_power_of_two ? hn::Mul(x, hn::Set(d, inverse)) : hn::Div(x, hn::Set(d, value));
  }

  Real value, inverse;
  bool is_power_of_two;
};

/// All |x| <= 3: a NaN is not.
template <class D, class V>
HWY_INLINE bool are_small(D d, V x) {
  return hn::AllTrue(d, hn::Le(hn::Abs(x), hn::Set(d, hn::TFromD<D>(3))));
}

/// One memory head of one sequence as vectors need it.
template <class Stored>
struct Head : serial::Head<Stored> {
  using Real = RealOf<Stored>;

  /// theta and omega [M, padded], where the head's own are put; scratch of the same size.
  Head(const Layout& layout, const sca_core_inputs& call, std::int64_t b, std::int64_t k, Real* theta,
       Real* omega, Real* scratch)
      : serial::Head<Stored>(call, b, k) {
    spread(layout, this->theta, layout.M, scratch, theta);
    spread(layout, this->omega, layout.M, scratch, omega);
    const hn::ScalableTag<Real> d;
    for (std::size_t i = 0; i < layout.plane; i += layout.lanes)
      is_wide = is_wide || !are_small(d, hn::Load(d, theta + i));
    if (this->is_recursive()) this->discount = hn::GetLane(exp(d, hn::Set(d, -this->rate)));
  }

  bool is_wide = false;  // phases may lie beyond 3
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
