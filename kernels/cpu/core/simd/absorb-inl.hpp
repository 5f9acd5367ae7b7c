// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_ABSORB_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_ABSORB_INL
#undef SCA_KERNELS_SIMD_ABSORB_INL
#else
#define SCA_KERNELS_SIMD_ABSORB_INL
#endif

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "kernels/cpu/core/simd/tile-inl.hpp"
#include "kernels/cpu/core/simd/walk-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// How a head's state grows: from 0 in each chunk, chunks added pairwise; as discount * state + term; or from
/// token to token with what each addition loses kept apart.
enum class Growth { chunked, recursive, compensated };

/// sum += term; what the addition lost goes to `lost`, nothing where it was infinite.
template <class D, class V>
HWY_INLINE void add_exactly(D, V term, V& sum, V& lost) {
  const V next = hn::Add(sum, term);
  const V part = hn::Sub(next, sum);
  const V error = hn::Add(hn::Sub(sum, hn::Sub(next, part)), hn::Sub(term, part));
  lost = hn::Add(lost, hn::IfThenZeroElse(hn::IsNaN(error), error));
  sum = next;
}

/// What is left of `lost` when as much of it as fits has gone into the sum.
template <class D, class V>
HWY_INLINE V joined(D d, V lost, V& sum) {
  V rest = hn::Zero(d);
  add_exactly(d, lost, sum, rest);
  return rest;
}

/// R and I of a vector of channels.
template <class V>
struct Pair {
  V re, im;
};

/// Steps 3 and 4 for one sample m of a vector of channels h: the chunk's tokens go into the state, which
/// stays in registers, from the walk's `now` on; leaves its `local`. What compensation keeps apart stands
/// behind the state.
///
/// visit    called at every token: (t, state before, state, sine, cosine); the state before only under a
/// discount
template <bool is_wide, Growth growth, class Stored, class Real, class Visit>
HWY_INLINE void absorb(const Walk<Stored>& walk, const Tile<Real>& tile, std::size_t m, std::size_t h,
                       const Visit& visit) {
  const hn::ScalableTag<Real> d;
  using V = hn::VFromD<decltype(d)>;
  const Layout& layout = tile.layout;
  const std::size_t at_re = m * layout.padded + h;
  const std::size_t at_im = layout.plane + at_re;
  const V theta = hn::Load(d, walk.theta + at_re);
  const V discount = hn::Set(d, walk.head->discount);
  const Pair<V> carry{hn::Load(d, walk.state.now + at_re), hn::Load(d, walk.state.now + at_im)};
  Pair<V> state = growth == Growth::chunked ? Pair<V>{hn::Zero(d), hn::Zero(d)} : carry;
  Pair<V> lost{hn::Zero(d), hn::Zero(d)};
  if constexpr (growth == Growth::compensated)
    lost = {hn::Load(d, walk.state.now + layout.state + at_re),
            hn::Load(d, walk.state.now + layout.state + at_im)};
  for (std::size_t t = 0; t < tile.count; ++t) {
    const V value = hn::Load(d, tile.value + t * layout.padded + h);
    V sine, cosine;
    sin_cos<is_wide>(d, hn::Mul(theta, hn::Load(d, tile.u + t * layout.padded + h)), sine, cosine);
    if constexpr (growth == Growth::recursive) {
      const Pair<V> before = state;
      state.re = hn::MulAdd(discount, before.re, hn::Mul(value, cosine));
      state.im = hn::MulAdd(discount, before.im, hn::Mul(value, sine));
      visit(t, before, state, sine, cosine);
    } else if constexpr (growth == Growth::compensated) {
      add_exactly(d, hn::Mul(value, cosine), state.re, lost.re);
      add_exactly(d, hn::Mul(value, sine), state.im, lost.im);
      visit(t, carry, Pair<V>{hn::Add(state.re, lost.re), hn::Add(state.im, lost.im)}, sine, cosine);
    } else {
      state.re = hn::MulAdd(value, cosine, state.re);
      state.im = hn::MulAdd(value, sine, state.im);
      visit(t, carry, Pair<V>{hn::Add(carry.re, state.re), hn::Add(carry.im, state.im)}, sine, cosine);
    }
  }
  if constexpr (growth == Growth::compensated) {
    lost = {joined(d, lost.re, state.re), joined(d, lost.im, state.im)};
    hn::Store(lost.re, d, walk.state.local + layout.state + at_re);
    hn::Store(lost.im, d, walk.state.local + layout.state + at_im);
  }
  hn::Store(state.re, d, walk.state.local + at_re);
  hn::Store(state.im, d, walk.state.local + at_im);
}

/// Z at every token, compensated.
template <class Stored, class Real = RealOf<Stored>>
void sum_weights_exactly(const Walk<Stored>& walk, const Tile<Real>& tile) {
  const hn::CappedTag<Real, 1> d;
  const std::size_t z = 2 * tile.layout.plane;
  auto sum = hn::Set(d, walk.state.now[z]);
  auto lost = hn::Set(d, walk.state.now[tile.layout.state + z]);
  for (std::size_t t = 0; t < tile.count; ++t) {
    add_exactly(d, hn::Set(d, tile.weights.value[t]), sum, lost);
    tile.sum[t] = hn::GetLane(hn::Add(sum, lost));
  }
  walk.state.local[tile.layout.state + z] = hn::GetLane(joined(d, lost, sum));
  walk.state.local[z] = hn::GetLane(sum);
}

/// Z and 1 / max(Z, floor) at every token, as the state grows.
template <Growth growth, class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void sum_weights(const Walk<Stored>& walk, const Tile<Real>& tile) {
  const hn::ScalableTag<Real> d;
  const Head<Stored>& head = *walk.head;
  const Real* value = tile.weights.value;
  const Real carry = walk.state.now[2 * tile.layout.plane];
  Real& local = walk.state.local[2 * tile.layout.plane];
  if (head.is_recursive()) {
    local = carry;
    for (std::size_t t = 0; t < tile.count; ++t) tile.sum[t] = local = head.discount * local + value[t];
  } else if constexpr (growth == Growth::compensated) {
    sum_weights_exactly(walk, tile);
  } else {
    local = 0;
    for (std::size_t t = 0; t < tile.count; ++t) tile.sum[t] = carry + (local += value[t]);
  }
  std::fill(tile.sum + tile.count, tile.sum + chunk_tokens, Real(1));
  const auto floor = hn::Set(d, static_cast<Real>(head.in.rules.weight_floor));
  for (std::size_t t = 0; t < chunk_tokens; t += tile.layout.lanes) {
    const auto z = hn::Load(d, tile.sum + t);
    hn::Store(hn::Div(hn::Set(d, Real(1)), hn::IfThenElse(hn::Lt(z, floor), floor, z)), d, tile.inverse + t);
  }
}

template <Growth growth>
using GrowthConstant = std::integral_constant<Growth, growth>;

/// f(is_wide, growth), as constants; `otherwise` is how heads without a discount grow.
template <Growth otherwise, class Stored, class F>
HWY_INLINE void with_kind_of(const Head<Stored>& head, const F& f) {
  constexpr GrowthConstant<Growth::recursive> recursive;
  constexpr GrowthConstant<otherwise> other;
  if (head.is_recursive()) {
    head.is_wide ? f(std::true_type(), recursive) : f(std::false_type(), recursive);
  } else {
    head.is_wide ? f(std::true_type(), other) : f(std::false_type(), other);
  }
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
