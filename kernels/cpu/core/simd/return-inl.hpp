// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_RETURN_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_RETURN_INL
#undef SCA_KERNELS_SIMD_RETURN_INL
#else
#define SCA_KERNELS_SIMD_RETURN_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "kernels/cpu/core/simd/absorb-inl.hpp"
#include "kernels/cpu/core/simd/walk-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// Of the parameters' gradients of one head: theta and omega [M, padded], then a number of these.
enum ScalarGradient : std::size_t {
  of_rate,
  of_score_scale,
  of_score_bias,
  of_phase_scale,
  scalar_gradients
};

inline std::size_t gradient_width(const Layout& layout) {
  return 2 * layout.plane + (scalar_gradients + layout.lanes - 1) / layout.lanes * layout.lanes;
}

/// What a chunk's tokens need on the way back, besides the tile.
template <class Real>
struct ReturnTile {
  ReturnTile(Arena& arena, const Layout& of)
      : upstream(arena.take<Real>(chunk_tokens * 2 * of.padded)),
        by_query(arena.take<Real>(chunk_tokens * 2 * of.plane)),
        by_value(arena.take<Real>(chunk_tokens * of.padded)),
        by_u(arena.take<Real>(chunk_tokens * of.padded)),
        by_inverse(arena.take<Real>(chunk_tokens * of.padded)),
        by_discount(arena.take<Real>(chunk_tokens * of.padded)),
        by_phase_scale(arena.take<Real>(of.padded)),
        by_weight(arena.take<Real>(chunk_tokens)),
        record(arena.take<Real>(chunk_tokens * recorded * of.lanes)) {}

  static constexpr std::size_t recorded = 6;

  Real* upstream;  // [tokens, 2, padded], over sqrt(H)
  Real* by_query;  // [tokens, M, 2, padded], a sum over the heads that read the query
  // [tokens, padded], sums over m; by_inverse times the inverse.
  Real *by_value, *by_u, *by_inverse, *by_discount;
  Real* by_phase_scale;  // [padded], a sum over tokens
  Real* by_weight;       // [tokens]
  Real* record;          // [tokens, recorded, lanes], of one vector of channels
};

/// Keeps what the way back needs of the way forth.
template <Growth growth, class Real>
struct Record {
  using D = hn::ScalableTag<Real>;
  using V = hn::VFromD<D>;

  HWY_INLINE void operator()(std::size_t t, const Pair<V>& before, const Pair<V>& state, V sine,
                             V cosine) const {
    const D d;
    const V inverse = hn::Set(d, inverses[t]);
    Real* to = record + t * ReturnTile<Real>::recorded * lanes;
    hn::Store(hn::Mul(state.re, inverse), d, to);
    hn::Store(hn::Mul(state.im, inverse), d, to + lanes);
    hn::Store(sine, d, to + 2 * lanes);
    hn::Store(cosine, d, to + 3 * lanes);
    if constexpr (growth == Growth::recursive) {
      hn::Store(before.re, d, to + 4 * lanes);
      hn::Store(before.im, d, to + 5 * lanes);
    }
  }

  const Real* inverses;
  Real* record;
  std::size_t lanes;
};

/// Gradients on their way back through one head: by its state, as a Carry's rows, and by its parameters.
template <class Real>
struct Gradients {
  Gradients(Arena& arena, const Layout& layout, std::int64_t L)
      : state(arena, layout.state, level_count(L)),
        parameters(arena, gradient_width(layout), level_count(L)),
        checkpoints(arena.take<Real>(chunk_count(L) * layout.state)) {}

  Carry<Real> state;
  Carry<Real> parameters;
  Real* checkpoints;  // [chunks, state]: the state before each
};

/// sum[at] += a b + c e, for vectors of channels.
template <class D, class V>
HWY_INLINE void add_products(D d, V a, V b, V c, V e, hn::TFromD<D>* sum) {
  hn::Store(hn::MulAdd(a, b, hn::MulAdd(c, e, hn::Load(d, sum))), d, sum);
}

/// One sample m of a vector of channels h on the way back through a chunk.
template <class Real>
struct Way {
  const Tile<Real>& tile;
  const ReturnTile<Real>& back;
  std::size_t m, h;

  const Real* record(std::size_t t) const {
    return back.record + t * ReturnTile<Real>::recorded * tile.layout.lanes;
  }
  std::size_t in_query(std::size_t t) const {
    return 2 * (t * tile.layout.plane + m * tile.layout.padded) + h;
  }
  std::size_t in_channels(std::size_t t) const { return t * tile.layout.padded + h; }
};

/// Step 5 backwards at token t: adds to the queries' gradients, to omega's and the inverse weight's; the
/// derivative by the mean state.
template <class D, class V, class Real = hn::TFromD<D>>
HWY_INLINE Pair<V> read_back(D d, const Way<Real>& way, std::size_t t, V omega, V& by_omega) {
  const std::size_t padded = way.tile.layout.padded;
  const Real* record = way.record(t);
  const V re = hn::Load(d, record);
  const V im = hn::Load(d, record + way.tile.layout.lanes);
  const Real* query = way.tile.query + way.in_query(t);
  const V q_re = hn::Load(d, query);
  const V q_im = hn::Load(d, query + padded);
  const Real* upstream = way.back.upstream + 2 * t * padded + way.h;
  const V g_re = hn::Load(d, upstream);
  const V g_im = hn::Load(d, upstream + padded);
  const V read_re = hn::MulAdd(re, q_re, hn::Mul(im, q_im));
  const V read_im = hn::NegMulAdd(re, q_im, hn::Mul(im, q_re));
  by_omega = hn::MulAdd(g_re, read_re, hn::MulAdd(g_im, read_im, by_omega));
  Real* by_query = way.back.by_query + way.in_query(t);
  const V by_q_re = hn::MulAdd(g_re, re, hn::Mul(g_im, im));
  const V by_q_im = hn::NegMulAdd(g_im, re, hn::Mul(g_re, im));
  hn::Store(hn::MulAdd(omega, by_q_re, hn::Load(d, by_query)), d, by_query);
  hn::Store(hn::MulAdd(omega, by_q_im, hn::Load(d, by_query + padded)), d, by_query + padded);
  const V by_re = hn::Mul(omega, hn::NegMulAdd(g_im, q_im, hn::Mul(g_re, q_re)));
  const V by_im = hn::Mul(omega, hn::MulAdd(g_re, q_im, hn::Mul(g_im, q_re)));
  add_products(d, re, by_re, im, by_im, way.back.by_inverse + way.in_channels(t));
  return {by_re, by_im};
}

/// Step 3 backwards at token t: adds to the gradients of the values, of u and of theta.
template <class D, class V, class Real = hn::TFromD<D>>
HWY_INLINE void encode_back(D d, const Way<Real>& way, std::size_t t, const Pair<V>& by_state, V theta,
                            V& by_theta) {
  const std::size_t at = way.in_channels(t);
  const V sine = hn::Load(d, way.record(t) + 2 * way.tile.layout.lanes);
  const V cosine = hn::Load(d, way.record(t) + 3 * way.tile.layout.lanes);
  add_products(d, by_state.re, cosine, by_state.im, sine, way.back.by_value + at);
  const V turned = hn::NegMulAdd(by_state.re, sine, hn::Mul(by_state.im, cosine));
  const V by_phase = hn::Mul(hn::Load(d, way.tile.value + at), turned);
  by_theta = hn::MulAdd(by_phase, hn::Load(d, way.tile.u + at), by_theta);
  Real* by_u = way.back.by_u + at;
  hn::Store(hn::MulAdd(by_phase, theta, hn::Load(d, by_u)), d, by_u);
}

/// Steps 5, 4 and 3 backwards over the chunk's tokens from the last to the first: adds to the tile's sums
/// over m, and writes the chunk's share of the gradients by state, theta and omega.
template <bool is_recursive, class Stored, class Real = RealOf<Stored>>
HWY_INLINE void go_back(const Walk<Stored>& walk, const Way<Real>& way, const Gradients<Real>& by) {
  const hn::ScalableTag<Real> d;
  using V = hn::VFromD<decltype(d)>;
  const Layout& layout = way.tile.layout;
  const std::size_t at = way.m * layout.padded + way.h;
  const V theta = hn::Load(d, walk.theta + at);
  const V omega = hn::Load(d, walk.omega + at);
  const V discount = hn::Set(d, walk.head->discount);
  const Pair<V> carry{hn::Load(d, by.state.now + at), hn::Load(d, by.state.now + layout.plane + at)};
  Pair<V> local = is_recursive ? carry : Pair<V>{hn::Zero(d), hn::Zero(d)};
  V by_theta = hn::Zero(d);
  V by_omega = hn::Zero(d);
  for (std::size_t t = way.tile.count; t-- > 0;) {
    const Pair<V> by_mean = read_back(d, way, t, omega, by_omega);
    const V inverse = hn::Set(d, way.tile.inverse[t]);
    local = {hn::MulAdd(by_mean.re, inverse, local.re), hn::MulAdd(by_mean.im, inverse, local.im)};
    if constexpr (is_recursive) {
      encode_back(d, way, t, local, theta, by_theta);
      const Real* before = way.record(t) + 4 * layout.lanes;
      add_products(d, local.re, hn::Load(d, before), local.im, hn::Load(d, before + layout.lanes),
                   way.back.by_discount + way.in_channels(t));
      local = {hn::Mul(local.re, discount), hn::Mul(local.im, discount)};
    } else {
      const Pair<V> by_state{hn::Add(carry.re, local.re), hn::Add(carry.im, local.im)};
      encode_back(d, way, t, by_state, theta, by_theta);
    }
  }
  hn::Store(local.re, d, by.state.local + at);
  hn::Store(local.im, d, by.state.local + layout.plane + at);
  hn::Store(by_theta, d, by.parameters.local + at);
  hn::Store(by_omega, d, by.parameters.local + layout.plane + at);
}

/// All samples and channels of the chunk, forth once more and back.
template <bool is_wide, Growth growth, class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void go_back(const Walk<Stored>& walk, const Tile<Real>& tile, const ReturnTile<Real>& back,
                          const Gradients<Real>& by) {
  const Layout& layout = tile.layout;
  for (Real* sum : {back.by_value, back.by_u, back.by_inverse, back.by_discount})
    std::fill_n(sum, tile.count * layout.padded, Real(0));
  const Record<growth, Real> record{tile.inverse, back.record, layout.lanes};
  for (std::size_t h = 0; h < layout.padded; h += layout.lanes) {
    for (std::size_t m = 0; m < layout.M; ++m) {
      absorb<is_wide, growth>(walk, tile, m, h, record);
      go_back<growth == Growth::recursive>(walk, Way<Real>{tile, back, m, h}, by);
    }
  }
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
