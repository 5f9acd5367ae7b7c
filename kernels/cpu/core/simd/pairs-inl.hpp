// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_PAIRS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_PAIRS_INL
#undef SCA_KERNELS_SIMD_PAIRS_INL
#else
#define SCA_KERNELS_SIMD_PAIRS_INL
#endif

#include <array>
#include <cstddef>
#include <type_traits>

#include "hwy/highway.h"
#include "kernels/cpu/core/simd/layout.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// f(0), ..., f(N - 1), each with a constant of its own: what is indexed by it stays in registers.
template <std::size_t N, class F>
HWY_INLINE void for_each_sample(const F& f) {
  f(std::integral_constant<std::size_t, 0>());
  if constexpr (N > 1) f(std::integral_constant<std::size_t, 1>());
  static_assert(N == 1 || N == 2);
}

/// R and I, or cosine and sine, of a vector of channels.
template <class V>
struct Pair {
  V re, im;
};

/// The same of N samples.
template <class V, std::size_t N>
using Pairs = std::array<Pair<V>, N>;

/// Of planes [re and im, M, padded], from channel and sample `at` on.
template <std::size_t N, class D, class V = hn::VFromD<D>>
HWY_INLINE Pairs<V, N> load_pairs(D d, const Layout& layout, const hn::TFromD<D>* from, std::size_t at) {
  Pairs<V, N> all;
  for_each_sample<N>([&](auto i) {
    const auto* re = from + at + i * layout.padded;
    all[i] = {hn::Load(d, re), hn::Load(d, re + layout.plane)};
  });
  return all;
}
template <std::size_t N, class D, class V = hn::VFromD<D>>
HWY_INLINE void store_pairs(D d, const Layout& layout, const Pairs<V, N>& all, hn::TFromD<D>* to,
                            std::size_t at) {
  for_each_sample<N>([&](auto i) {
    auto* re = to + at + i * layout.padded;
    hn::Store(all[i].re, d, re);
    hn::Store(all[i].im, d, re + layout.plane);
  });
}

/// Of one plane [M, padded].
template <std::size_t N, class D, class V = hn::VFromD<D>>
HWY_INLINE std::array<V, N> load_samples(D d, const Layout& layout, const hn::TFromD<D>* from,
                                         std::size_t at) {
  std::array<V, N> all;
  for_each_sample<N>([&](auto i) { all[i] = hn::Load(d, from + at + i * layout.padded); });
  return all;
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
