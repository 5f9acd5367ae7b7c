// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_GRADIENTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_GRADIENTS_INL
#undef SCA_KERNELS_SIMD_GRADIENTS_INL
#else
#define SCA_KERNELS_SIMD_GRADIENTS_INL
#endif

#include <cstddef>

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

/// Of a token: derivatives summed over samples and channels.
enum ChannelSum : std::size_t {
  of_value,    // times the key
  of_inverse,  // times the inverse
  of_discount,
  channel_sums
};

/// What a chunk's tokens need on the way back, besides the tile.
template <class Real>
struct ReturnTile {
  ReturnTile(Arena& arena, const Layout& of)
      : key(arena.take<Real>(chunk_tokens * of.padded)),
        upstream(arena.take<Real>(chunk_tokens * 2 * of.padded)),
        by_key(arena.take<Real>(chunk_tokens * of.padded)),
        by_query(arena.take<Real>(chunk_tokens * 2 * of.plane)),
        by_phase_scale(arena.take<Real>(of.lanes)),
        by_weight(arena.take<Real>(chunk_tokens)),
        over_samples(arena.take<Real>(chunk_tokens * sample_sums * of.padded)),
        over_channels(arena.take<Real>(chunk_tokens * channel_sums * of.lanes)),
        record(arena.take<Real>(chunk_tokens * recorded * of.lanes)) {}

  static constexpr std::size_t sample_sums = 4;  // those of Sums
  static constexpr std::size_t recorded = 14;    // numbers of two samples' Recorded

  // Staged as in the tile; by_query is a sum over the heads that read the query.
  Real *key, *upstream, *by_key, *by_query;
  Real* by_phase_scale;  // [lanes], a sum over tokens and vectors of channels
  Real* by_weight;       // [tokens]
  Real* over_samples;    // [tokens, sample_sums, padded]: sums over the samples gone through
  Real* over_channels;   // [tokens, channel_sums, lanes]: sums over vectors of channels
  Real* record;          // [tokens, recorded, lanes], of one vector of channels
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

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
