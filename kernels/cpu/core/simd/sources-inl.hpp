// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_SOURCES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_SOURCES_INL
#undef SCA_KERNELS_SIMD_SOURCES_INL
#else
#define SCA_KERNELS_SIMD_SOURCES_INL
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "hwy/cache_control.h"
#include "kernels/cpu/core/simd/pairs-inl.hpp"
#include "kernels/cpu/core/simd/tile-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// Token by token, what absorb and step 5 take: for a vector of channels h, from a tile where they are
/// staged.
template <class Real>
struct StagedKeys {
  static constexpr bool may_be_wide = true;

  StagedKeys(const Tile<Real>& tile, std::size_t h)
      : u(tile.u + h), value(tile.value + h), stride(tile.layout.padded) {}

  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE EncodedKey<V> operator()(D d, std::size_t t) const {
    return {hn::Load(d, u + t * stride), hn::Load(d, value + t * stride)};
  }

  const Real *u, *value;
  std::size_t stride;
};

/// N samples from m on.
template <std::size_t N, class Real>
struct StagedQueries {
  StagedQueries(const Tile<Real>& tile, std::size_t m, std::size_t h)
      : query(tile.query + 2 * m * tile.layout.padded + h),
        padded(tile.layout.padded),
        stride(2 * tile.layout.plane) {}

  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE Pairs<V, N> operator()(D d, std::size_t t) const {
    Pairs<V, N> q;
    for_each_sample<N>([&](auto i) {
      const Real* from = query + t * stride + 2 * i * padded;
      q[i] = {hn::Load(d, from), hn::Load(d, from + padded)};
    });
    return q;
  }

  const Real* query;
  std::size_t padded, stride;
};

/// Whether rows are whole vectors of reals.
template <class Stored>
bool are_whole(const Layout& layout) {
  return std::is_same_v<Stored, RealOf<Stored>> && layout.H == layout.padded;
}

/// Whether they can be read where they are: no more samples than go together.
template <class Stored>
bool are_direct(const Layout& layout) {
  return are_whole<Stored>(layout) && layout.M <= 2;
}

inline constexpr std::size_t cache_line = 64;

/// What a thread reads next: a head, and the first token of its chunk.
template <class Stored>
struct Next {
  const Head<Stored>* head;
  std::int64_t first;
};

/// The same from the caller's rows. What will be read next is asked for meanwhile: a row is too short, and
/// the next one too far away, for the machine to guess it.
template <class Real>
struct DirectKeys {
  static constexpr bool may_be_wide = false;  // such heads are staged

  DirectKeys(const Head<Real>& head, const Tile<Real>& tile, const Next<Real>& next, std::size_t h)
      : key(head.key(tile.first) + h),
        ahead(next.head->key(next.first) + h),
        weight(tile.weights.value),
        phase_scale(head.phase_scale),
        stride(head.in.key.token_stride) {}

  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE EncodedKey<V> operator()(D d, std::size_t t) const {
    const std::int64_t at = static_cast<std::int64_t>(t) * stride;
    hwy::Prefetch(ahead + at);
    return encode_key(d, hn::LoadU(d, key + at), hn::Set(d, phase_scale), hn::Set(d, weight[t]));
  }

  const Real *key, *ahead, *weight;
  Real phase_scale;
  std::int64_t stride;
};

template <std::size_t N, class D, class V = hn::VFromD<D>>
HWY_INLINE Pairs<V, N> load_queries(D d, const hn::TFromD<D>* from) {
  Pairs<V, N> q;
  if constexpr (N == 1)
    load_two_planes(d, from, q[0].re, q[0].im);
  else
    load_four_planes(d, from, q[0].re, q[0].im, q[1].re, q[1].im);
  return q;
}

/// All N = M samples.
template <std::size_t N, class Real>
struct DirectQueries {
  DirectQueries(const Head<Real>& head, const Tile<Real>& tile, const Next<Real>& next, std::size_t h)
      : query(head.query(tile.first) + 2 * N * h),
        ahead(next.head->query(next.first) + 2 * N * h),
        stride(head.in.query.token_stride) {}

  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE Pairs<V, N> operator()(D d, std::size_t t) const {
    const Real* from = query + static_cast<std::int64_t>(t) * stride;
    const Real* soon = ahead + static_cast<std::int64_t>(t) * stride;
    for (std::size_t i = 0; i < 2 * N * hn::Lanes(d); i += cache_line / sizeof(Real)) hwy::Prefetch(soon + i);
    return load_queries<N>(d, from);
  }

  const Real *query, *ahead;
  std::int64_t stride;
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
