// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_VECTORS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_VECTORS_INL
#undef SCA_KERNELS_FAST_VECTORS_INL
#else
#define SCA_KERNELS_FAST_VECTORS_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "hwy/highway.h"
#include "kernels/cpu/core/storage.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using FloatVector = hn::Vec<Floats>;
inline constexpr std::int64_t float_lanes = hn::MaxLanes(Floats());

/// How many of a vector's lanes are there: all of them, or the first.
struct AllLanes {};
struct FirstLanes {
  std::size_t count;
};

/// Numbers as they are stored, widened.
template <class D>
HWY_INLINE hn::Vec<D> load_as(D d, const float* from) {
  return hn::LoadU(d, from);
}
template <class D>
HWY_INLINE hn::Vec<D> load_as(D d, const BFloat16* from) {
  const hn::Rebind<std::uint16_t, D> du16;
  const auto bits = hn::LoadU(du16, reinterpret_cast<const std::uint16_t*>(from));
  return hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(hn::RebindToUnsigned<D>(), bits)));
}

/// Lanes that are not there are 0.
template <class Stored>
HWY_INLINE FloatVector load(AllLanes, const Stored* from) {
  return load_as(Floats(), from);
}
HWY_INLINE FloatVector load(FirstLanes lanes, const float* from) {
  const Floats d;
#if HWY_TARGET <= HWY_AVX2
  return hn::MaskedLoad(hn::FirstN(d, lanes.count), d, from);
#else  // what is there is all that may be touched, and these targets have no such instruction
  HWY_ALIGN float all[float_lanes] = {};
  std::copy_n(from, lanes.count, all);
  return hn::Load(d, all);
#endif
}
HWY_INLINE FloatVector load(FirstLanes lanes, const BFloat16* from) {
  BFloat16 all[float_lanes] = {};
  std::copy_n(from, lanes.count, all);
  return load(AllLanes(), all);
}
HWY_INLINE FloatVector load_or(AllLanes lanes, float, const float* from) { return load(lanes, from); }
HWY_INLINE FloatVector load_or(FirstLanes lanes, float otherwise, const float* from) {
  const Floats d;
  return hn::IfThenElse(hn::FirstN(d, lanes.count), load(lanes, from), hn::Set(d, otherwise));
}
HWY_INLINE void store(AllLanes, FloatVector x, float* to) { hn::StoreU(x, Floats(), to); }
HWY_INLINE void store(FirstLanes lanes, FloatVector x, float* to) {
  const Floats d;
#if HWY_TARGET <= HWY_AVX2
  hn::BlendedStore(x, hn::FirstN(d, lanes.count), d, to);
#else
  HWY_ALIGN float all[float_lanes];
  hn::Store(x, d, all);
  std::copy_n(all, lanes.count, to);
#endif
}

HWY_INLINE float sum_of_lanes(FloatVector x) { return hn::GetLane(hn::SumOfLanes(Floats(), x)); }

/// f(lanes, i) for whole vectors from i on, then for what is left.
template <class F>
HWY_INLINE void for_vectors(std::int64_t first, std::int64_t last, const F& f) {
  std::int64_t i = first;
  for (; i + float_lanes <= last; i += float_lanes) f(AllLanes(), i);
  if (i < last) f(FirstLanes{static_cast<std::size_t>(last - i)}, i);
}

inline float dot(const float* x, const float* y, std::int64_t count) {
  auto sum = hn::Zero(Floats());
  for_vectors(0, count, [&](auto lanes, std::int64_t j) HWY_ATTR {
    sum = hn::MulAdd(load(lanes, x + j), load(lanes, y + j), sum);
  });
  return sum_of_lanes(sum);
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
