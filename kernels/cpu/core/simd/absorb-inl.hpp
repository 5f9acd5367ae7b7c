// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_ABSORB_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_ABSORB_INL
#undef SCA_KERNELS_SIMD_ABSORB_INL
#else
#define SCA_KERNELS_SIMD_ABSORB_INL
#endif

#include <array>
#include <cstddef>
#include <type_traits>

#include "kernels/cpu/core/simd/growth-inl.hpp"
#include "kernels/cpu/core/simd/sources-inl.hpp"
#include "kernels/cpu/core/simd/walk-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// What a token did to N samples of a vector of channels.
template <class V, std::size_t N>
struct Absorbed {
  EncodedKey<V> key;
  Pairs<V, N> before;  // the state
  Pairs<V, N> state;   // that step 5 reads
  Pairs<V, N> turn;    // cosine and sine
};

/// Steps 3 and 4 for N samples from m on of a vector of channels h: the chunk's tokens go into the state,
/// which stays in registers, from the walk's `now` on; leaves its `local`. What compensation keeps apart
/// stands behind the state.
///
/// keys     (d, t): token t's EncodedKey
/// visit    called at every token: (t, Absorbed)
template <std::size_t N, Growth growth, class Stored, class Real, class Keys, class Visit>
HWY_INLINE void absorb(const Walk<Stored>& walk, const Tile<Real>& tile, const Keys& keys, std::size_t m,
                       std::size_t h, const Visit& visit) {
  const hn::ScalableTag<Real> d;
  using V = hn::VFromD<decltype(d)>;
  const Layout layout = tile.layout;
  const std::size_t count = tile.count;
  const std::size_t at = m * layout.padded + h;
  const std::array<V, N> theta = load_samples<N>(d, layout, walk.theta, at);
  const bool is_wide = Keys::may_be_wide && walk.head->is_wide;
  const V discount = hn::Set(d, walk.head->discount);
  const Pairs<V, N> carry = load_pairs<N>(d, layout, walk.state.now, at);
  Pairs<V, N> state = carry;
  Pairs<V, N> lost;
  lost.fill({hn::Zero(d), hn::Zero(d)});
  if constexpr (growth == Growth::chunked) state = lost;
  if constexpr (growth == Growth::compensated)
    lost = load_pairs<N>(d, layout, walk.state.now + layout.state, at);
  for (std::size_t t = 0; t < count; ++t) {
    Absorbed<V, N> token;
    token.key = keys(d, t);
    for_each_sample<N>([&](auto i) {
      Pair<V>& turn = token.turn[i];
      sin_cos_of(d, is_wide, hn::Mul(theta[i], token.key.u), turn.im, turn.re);
      token.before[i] = state[i];
      token.state[i] = grow<growth>(d, discount, carry[i], token.key.value, turn, state[i], lost[i]);
    });
    visit(t, token);
  }
  if constexpr (growth == Growth::compensated) {
    for_each_sample<N>([&](auto i) {
      lost[i] = {joined(d, lost[i].re, state[i].re), joined(d, lost[i].im, state[i].im)};
    });
    store_pairs<N>(d, layout, lost, walk.state.local + layout.state, at);
  }
  store_pairs<N>(d, layout, state, walk.state.local, at);
}

/// f(N, m) for all samples of a head, two at a time.
template <class F>
HWY_INLINE void for_all_samples(std::size_t M, const F& f) {
  std::size_t m = 0;
  for (; m + 2 <= M; m += 2) f(std::integral_constant<std::size_t, 2>(), m);
  if (m < M) f(std::integral_constant<std::size_t, 1>(), m);
}

template <Growth growth>
using GrowthConstant = std::integral_constant<Growth, growth>;

/// f(growth), as a constant; `otherwise` is how heads without a discount grow.
template <Growth otherwise, class Stored, class F>
HWY_INLINE void with_growth_of(const Head<Stored>& head, const F& f) {
  head.is_recursive() ? f(GrowthConstant<Growth::recursive>()) : f(GrowthConstant<otherwise>());
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
