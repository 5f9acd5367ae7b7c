// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_RETURN_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_RETURN_INL
#undef SCA_KERNELS_SIMD_RETURN_INL
#else
#define SCA_KERNELS_SIMD_RETURN_INL
#endif

#include <cstddef>

#include "kernels/cpu/core/simd/rows_back-inl.hpp"
#include "kernels/cpu/core/simd/samples_back-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// x without the channels that are none: the first of its lanes is channel h.
template <class D, class V>
HWY_INLINE V of_channels(D d, const Layout& layout, std::size_t h, V x) {
  return h + layout.lanes <= layout.H ? x : hn::IfThenElseZero(hn::FirstN(d, layout.H - h), x);
}

/// Step 3 backwards for a vector of channels, from the sums over samples on: the keys' gradients.
template <class Stored>
struct KeyBack {
  using Real = RealOf<Stored>;
  using D = hn::ScalableTag<Real>;
  using V = hn::VFromD<D>;

  KeyBack(const Head<Stored>& head, const Tile<Real>& tile, const ReturnTile<Real>& back_tile,
          std::size_t channel)
      : layout(tile.layout),
        back(back_tile),
        h(channel),
        scale(hn::Set(D(), head.phase_scale)),
        weight(tile.weights.value),
        by_phase_scale(hn::Zero(D())) {}

  /// The gradient by token t's key; adds to its sums over channels.
  HWY_INLINE V go_back(std::size_t t, V key, const Sums<V>& sums) {
    const D d;
    const V one = hn::Set(d, Real(1));
    const V over = hn::Div(one, hn::Add(one, hn::Abs(hn::Mul(scale, key))));
    const V by_x = hn::Mul(hn::Mul(sums.u, over), over);
    by_phase_scale = hn::MulAdd(by_x, key, by_phase_scale);
    add(t, of_value, hn::Mul(sums.value, key));
    add(t, of_inverse, sums.inverse);
    add(t, of_discount, sums.discount);
    return hn::MulAdd(sums.value, hn::Set(d, weight[t]), hn::Mul(by_x, scale));
  }
  HWY_INLINE void add(std::size_t t, ChannelSum i, V x) const {
    const D d;
    Real* sum = back.over_channels + (t * channel_sums + i) * layout.lanes;
    const V part = of_channels(d, layout, h, x);
    hn::Store(h == 0 ? part : hn::Add(hn::Load(d, sum), part), d, sum);
  }
  void store() const {
    const D d;
    const V part = of_channels(d, layout, h, by_phase_scale);
    hn::Store(h == 0 ? part : hn::Add(hn::Load(d, back.by_phase_scale), part), d, back.by_phase_scale);
  }

  Layout layout;
  const ReturnTile<Real>& back;
  std::size_t h;
  V scale;
  const Real* weight;
  V by_phase_scale;
};

/// Sums over samples between one lot of them and the next.
template <class D, class V>
HWY_INLINE Sums<V> load_sums(D d, const hn::TFromD<D>* from, std::size_t padded) {
  return {hn::Load(d, from), hn::Load(d, from + padded), hn::Load(d, from + 2 * padded),
          hn::Load(d, from + 3 * padded)};
}
template <class D, class V>
HWY_INLINE void store_sums(D d, const Sums<V>& sums, hn::TFromD<D>* to, std::size_t padded) {
  for (const V& sum : {sums.value, sums.u, sums.inverse, sums.discount}) {
    hn::Store(sum, d, to);
    to += padded;
  }
}

/// Steps 3 to 5 for N samples from m on of a vector of channels: forth through the chunk once more, and back
/// from its last token to its first. Writes the chunk's share of the gradients by state, theta and omega.
///
/// is_whole   the N samples are all
/// rows       StagedBack or DirectBack
template <std::size_t N, bool is_whole, Growth growth, class Stored, class Real, class Between>
HWY_INLINE void forth_and_back(const Walk<Stored>& walk, const Tile<Real>& tile, const ReturnTile<Real>& back,
                               const Gradients<Real>& by, const Between& rows, std::size_t m, std::size_t h) {
  const hn::ScalableTag<Real> d;
  using V = hn::VFromD<decltype(d)>;
  const Layout& layout = tile.layout;
  const bool is_first = is_whole || m == 0;
  const bool is_last = is_whole || m + N == layout.M;
  const Record<N, growth, Real> record{tile.inverse, back.record, layout.lanes};
  absorb<N, growth>(walk, tile, rows.keys, m, h, record);
  Samples<N, growth, Stored> samples(walk, layout, by, m * layout.padded + h);
  KeyBack<Stored> key(*walk.head, tile, back, h);
  for (std::size_t t = tile.count; t-- > 0;) {
    Real* between = back.over_samples + t * ReturnTile<Real>::sample_sums * layout.padded + h;
    const V zero = hn::Zero(d);
    Sums<V> sums =
        is_first ? Sums<V>{zero, zero, zero, zero} : load_sums<decltype(d), V>(d, between, layout.padded);
    const auto by_query = samples.go_back(record.recall(t), rows.queries(d, t), rows.upstream(d, t),
                                          hn::Set(d, tile.inverse[t]), sums);
    rows.leave_query(d, t, by_query);
    if (is_last)
      rows.leave_key(d, t, key.go_back(t, rows.key(d, t), sums));
    else
      store_sums(d, sums, between, layout.padded);
  }
  samples.store(by);
  if (is_last) key.store();
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
