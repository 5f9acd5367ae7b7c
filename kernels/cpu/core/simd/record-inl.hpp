// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_RECORD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_RECORD_INL
#undef SCA_KERNELS_SIMD_RECORD_INL
#else
#define SCA_KERNELS_SIMD_RECORD_INL
#endif

#include <cstddef>

#include "kernels/cpu/core/simd/absorb-inl.hpp"
#include "kernels/cpu/core/simd/gradients-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// What the way back needs of a token on the way forth.
template <class V, std::size_t N>
struct Recorded {
  EncodedKey<V> key;
  Pairs<V, N> mean;    // the state that step 5 reads, over Z
  Pairs<V, N> turn;    // cosine and sine
  Pairs<V, N> before;  // under a discount: the state
};

/// Keeps it, token by token.
template <std::size_t N, Growth growth, class Real>
struct Record {
  using D = hn::ScalableTag<Real>;
  using V = hn::VFromD<D>;

  HWY_INLINE void operator()(std::size_t t, const Absorbed<V, N>& token) const {
    const D d;
    const V inverse = hn::Set(d, inverses[t]);
    Real* to = at(t);
    hn::Store(token.key.u, d, to);
    hn::Store(token.key.value, d, to + lanes);
    for_each_sample<N>([&](auto i) {
      keep({hn::Mul(token.state[i].re, inverse), hn::Mul(token.state[i].im, inverse)},
           to + (2 + 2 * i) * lanes);
      keep(token.turn[i], to + (2 + 2 * (N + i)) * lanes);
      if constexpr (growth == Growth::recursive) keep(token.before[i], to + (2 + 2 * (2 * N + i)) * lanes);
    });
  }

  HWY_INLINE Recorded<V, N> recall(std::size_t t) const {
    const D d;
    const Real* from = at(t);
    Recorded<V, N> all;
    all.key = {hn::Load(d, from), hn::Load(d, from + lanes)};
    for_each_sample<N>([&](auto i) {
      all.mean[i] = kept(from + (2 + 2 * i) * lanes);
      all.turn[i] = kept(from + (2 + 2 * (N + i)) * lanes);
      if constexpr (growth == Growth::recursive) all.before[i] = kept(from + (2 + 2 * (2 * N + i)) * lanes);
    });
    return all;
  }

  HWY_INLINE Real* at(std::size_t t) const { return record + t * ReturnTile<Real>::recorded * lanes; }
  HWY_INLINE void keep(const Pair<V>& pair, Real* to) const {
    hn::Store(pair.re, D(), to);
    hn::Store(pair.im, D(), to + lanes);
  }
  HWY_INLINE Pair<V> kept(const Real* from) const {
    return {hn::Load(D(), from), hn::Load(D(), from + lanes)};
  }

  const Real* inverses;
  Real* record;
  std::size_t lanes;
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
