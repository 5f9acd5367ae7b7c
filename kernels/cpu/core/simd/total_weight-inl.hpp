// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_TOTAL_WEIGHT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_TOTAL_WEIGHT_INL
#undef SCA_KERNELS_SIMD_TOTAL_WEIGHT_INL
#else
#define SCA_KERNELS_SIMD_TOTAL_WEIGHT_INL
#endif

#include <algorithm>
#include <cstddef>

#include "kernels/cpu/core/simd/growth-inl.hpp"
#include "kernels/cpu/core/simd/tile-inl.hpp"
#include "kernels/cpu/core/simd/walk-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

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

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
