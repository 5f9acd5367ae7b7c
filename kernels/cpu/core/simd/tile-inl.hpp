// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_TILE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_TILE_INL
#undef SCA_KERNELS_SIMD_TILE_INL
#else
#define SCA_KERNELS_SIMD_TILE_INL
#endif

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/core/simd/head-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// A chunk's tokens of one head, staged as whole vectors of reals. The channels that are none hold zeros.
template <class Real>
struct Tile {
  Tile(Arena& arena, const Layout& of)
      : layout(of),
        weights(arena, chunk_tokens),
        sum(arena.take<Real>(chunk_tokens)),
        inverse(arena.take<Real>(chunk_tokens)),
        row(arena.take<Real>(2 * of.plane)),
        u(arena.take<Real>(chunk_tokens * of.padded)),
        value(arena.take<Real>(chunk_tokens * of.padded)),
        query(arena.take<Real>(chunk_tokens * 2 * of.plane)) {}

  const Layout layout;
  std::int64_t first = 0;  // token
  std::size_t count = 0;   // of tokens, at most chunk_tokens
  Weights<Real> weights;
  Real *sum, *inverse;  // Z, 1 / max(Z, floor)
  Real* row;            // scratch for a token's numbers
  Real *u, *value;      // [tokens, padded]: softsign, weight times key
  Real* query;          // [tokens, M, 2, padded]
};

/// Step 2 for the tile's tokens, the first of which is at `position`.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void weigh_tokens(const Head<Stored>& head, std::int64_t position, const Tile<Real>& tile) {
  const hn::ScalableTag<Real> d;
  const Weights<Real>& weights = tile.weights;
  for (std::size_t t = 0; t < chunk_tokens; ++t) {
    const auto at = static_cast<std::int64_t>(t);
    weights.argument[t] =
        t < tile.count ? head.score_scale * head.score(tile.first + at) + head.score_bias : Real(0);
    weights.decay[t] = head.rate * head.distance(position + at);
  }
  for (std::size_t t = 0; t < chunk_tokens; t += tile.layout.lanes)
    weigh(d, head.in.rules, hn::Load(d, weights.argument + t), hn::Load(d, weights.decay + t), t, weights);
}

/// A vector of a key's channels: softsign(phase_scale key), and weight key.
template <class V>
struct EncodedKey {
  V u, value;
};

template <class D, class V>
HWY_INLINE EncodedKey<V> encode_key(D d, V key, V phase_scale, V weight) {
  const V x = hn::Mul(phase_scale, key);
  return {hn::Div(x, hn::Add(hn::Set(d, hn::TFromD<D>(1)), hn::Abs(x))), hn::Mul(weight, key)};
}

template <class Stored, class Real = RealOf<Stored>>
HWY_INLINE void stage_key(const Head<Stored>& head, const Tile<Real>& tile, std::size_t t) {
  const hn::ScalableTag<Real> d;
  const Layout& layout = tile.layout;
  const auto scale = hn::Set(d, head.phase_scale);
  const auto weight = hn::Set(d, tile.weights.value[t]);
  const Real* key =
      widen(head.key(tile.first + static_cast<std::int64_t>(t)), layout.H, layout.padded, tile.row);
  for (std::size_t h = 0; h < layout.padded; h += layout.lanes) {
    const auto encoded = encode_key(d, hn::LoadU(d, key + h), scale, weight);
    hn::Store(encoded.u, d, tile.u + t * layout.padded + h);
    hn::Store(encoded.value, d, tile.value + t * layout.padded + h);
  }
}

template <class Stored, class Real = RealOf<Stored>>
HWY_INLINE void stage_query(const Head<Stored>& head, const Tile<Real>& tile, std::size_t t) {
  const Stored* query = head.query(tile.first + static_cast<std::int64_t>(t));
  spread(tile.layout, query, 2 * tile.layout.M, tile.row, tile.query + t * 2 * tile.layout.plane);
}

template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void stage_keys(const Head<Stored>& head, const Tile<Real>& tile) {
  for (std::size_t t = 0; t < tile.count; ++t) stage_key(head, tile, t);
}
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void stage_queries(const Head<Stored>& head, const Tile<Real>& tile) {
  for (std::size_t t = 0; t < tile.count; ++t) stage_query(head, tile, t);
}
/// Together: the keys' divisions go on during the queries' shuffles.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void stage_keys_and_queries(const Head<Stored>& head, const Tile<Real>& tile) {
  for (std::size_t t = 0; t < tile.count; ++t) {
    stage_key(head, tile, t);
    stage_query(head, tile, t);
  }
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
