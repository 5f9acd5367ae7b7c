// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_ROWS_BACK_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_ROWS_BACK_INL
#undef SCA_KERNELS_SIMD_ROWS_BACK_INL
#else
#define SCA_KERNELS_SIMD_ROWS_BACK_INL
#endif

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/core/simd/destination-inl.hpp"
#include "kernels/cpu/core/simd/gradients-inl.hpp"
#include "kernels/cpu/core/simd/sources-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// Where the way back takes a chunk's rows from and leaves their gradients, for N samples from m on of a
/// vector of channels h: as they are staged.
template <std::size_t N, class Real>
struct StagedBack {
  StagedBack(const Tile<Real>& tile, const ReturnTile<Real>& tile_back, std::size_t m, std::size_t h)
      : keys(tile, h), queries(tile, m, h), back(tile_back), layout(tile.layout), first(m), channel(h) {}

  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE V key(D d, std::size_t t) const {
    return hn::Load(d, back.key + t * layout.padded + channel);
  }
  /// Over sqrt(H).
  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE Pair<V> upstream(D d, std::size_t t) const {
    const Real* from = back.upstream + 2 * t * layout.padded + channel;
    return {hn::Load(d, from), hn::Load(d, from + layout.padded)};
  }
  template <class D, class V>
  HWY_INLINE void leave_key(D d, std::size_t t, V by_key) const {
    hn::Store(by_key, d, back.by_key + t * layout.padded + channel);
  }
  template <class D, class V>
  HWY_INLINE void leave_query(D d, std::size_t t, const Pairs<V, N>& by_query) const {
    Real* sum = back.by_query + 2 * (t * layout.plane + first * layout.padded) + channel;
    for_each_sample<N>([&](auto i) {
      for (const V& part : {by_query[i].re, by_query[i].im}) {
        hn::Store(hn::Add(part, hn::Load(d, sum)), d, sum);
        sum += layout.padded;
      }
    });
  }

  StagedKeys<Real> keys;
  StagedQueries<N, Real> queries;
  const ReturnTile<Real>& back;
  Layout layout;
  std::size_t first, channel;
};

/// The same straight from and to the caller's rows: N = M samples, one head a query.
template <std::size_t N, class Real>
struct DirectBack {
  DirectBack(const sca_core_backward& call, const Head<Real>& head, const Tile<Real>& tile,
             const Next<Real>& next, std::size_t h)
      : keys(head, tile, next, h),
        queries(head, tile, next, h),
        root(head.in),
        upstream_row(row<Real>(call.output_gradient, head.b, tile.first) + head.k * 2 * head.in.shape.H + h),
        upstream_ahead(row<Real>(call.output_gradient, next.head->b, next.first) +
                       next.head->k * 2 * head.in.shape.H + h),
        by_key(row<Real>(call.key, head.b, tile.first) + head.k * head.in.shape.H + h, call.key.token_stride,
               tile),
        by_query(row<Real>(call.query, head.b, tile.first) + head.query_head * 2 * head.width + 2 * N * h,
                 call.query.token_stride, tile),
        H(tile.layout.H),
        stride(call.output_gradient.token_stride) {}

  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE V key(D d, std::size_t t) const {
    return hn::LoadU(d, keys.key + static_cast<std::int64_t>(t) * keys.stride);
  }
  template <class D, class V = hn::VFromD<D>>
  HWY_INLINE Pair<V> upstream(D d, std::size_t t) const {
    const std::int64_t at = static_cast<std::int64_t>(t) * stride;
    hwy::Prefetch(upstream_ahead + at);
    hwy::Prefetch(upstream_ahead + at + H);
    return {root.divide(d, hn::LoadU(d, upstream_row + at)),
            root.divide(d, hn::LoadU(d, upstream_row + at + H))};
  }
  template <class D, class V>
  HWY_INLINE void leave_key(D d, std::size_t t, V gradient) const {
    by_key.store(d, gradient, by_key.at(t));
  }
  template <class D, class V>
  HWY_INLINE void leave_query(D d, std::size_t t, const Pairs<V, N>& gradient) const {
    store_queries(d, gradient, by_query, by_query.at(t));
  }

  DirectKeys<Real> keys;
  DirectQueries<N, Real> queries;
  Root<Real> root;
  const Real *upstream_row, *upstream_ahead;
  Rows<Real> by_key, by_query;
  std::size_t H;
  std::int64_t stride;
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
