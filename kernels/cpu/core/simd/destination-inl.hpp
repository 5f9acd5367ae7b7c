// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_DESTINATION_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_DESTINATION_INL
#undef SCA_KERNELS_SIMD_DESTINATION_INL
#else
#define SCA_KERNELS_SIMD_DESTINATION_INL
#endif

#include <cstddef>
#include <cstdint>

#include "hwy/cache_control.h"
#include "kernels/cpu/core/simd/sources-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// A chunk's rows of results, of whole vectors of reals. The caller's go past the caches where a vector is a
/// line, but for a few tokens, which will be read soon.
template <class Real>
struct Rows {
  Rows(Real* row, std::int64_t token_stride, const Tile<Real>& tile)
      : first(row),
        stride(token_stride),
        is_streamed(reinterpret_cast<std::uintptr_t>(first) % cache_line == 0 &&
                    stride * std::int64_t{sizeof(Real)} % std::int64_t{cache_line} == 0 &&
                    tile.layout.lanes * sizeof(Real) == cache_line && tile.count == chunk_tokens) {}

  /// Of the kernel's own memory.
  Rows(Real* row, std::int64_t token_stride) : first(row), stride(token_stride), is_streamed(false) {}

  Real* at(std::size_t t) const { return first + static_cast<std::int64_t>(t) * stride; }

  template <class D, class V>
  HWY_INLINE void store(D d, V x, Real* to) const {
    is_streamed ? hn::Stream(x, d, to) : hn::StoreU(x, d, to);
  }

  Real* first;  // of the tile's first token
  std::int64_t stride;
  bool is_streamed;
};

/// N = M samples of a vector of channels, as a row has them.
template <std::size_t N, class D, class V, class Real = hn::TFromD<D>>
HWY_INLINE void store_queries(D d, const Pairs<V, N>& q, const Rows<Real>& rows, Real* to) {
  const std::size_t lanes = hn::Lanes(d);
  HWY_ALIGN Real lines[2 * N * HWY_MAX_BYTES / sizeof(Real)];
  Real* interleaved = rows.is_streamed ? lines : to;
  if constexpr (N == 1)
    hn::StoreInterleaved2(q[0].re, q[0].im, d, interleaved);
  else
    hn::StoreInterleaved4(q[0].re, q[0].im, q[1].re, q[1].im, d, interleaved);
  if (!rows.is_streamed) return;
  for (std::size_t i = 0; i < 2 * N * lanes; i += lanes) hn::Stream(hn::Load(d, lines + i), d, to + i);
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
