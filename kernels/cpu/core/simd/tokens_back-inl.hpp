// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_TOKENS_BACK_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_TOKENS_BACK_INL
#undef SCA_KERNELS_SIMD_TOKENS_BACK_INL
#else
#define SCA_KERNELS_SIMD_TOKENS_BACK_INL
#endif

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/core/simd/return-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// Step 4 backwards for Z, token by token from the last on; leaves the derivatives by the weights. Returns
/// the discount's share of the rate's gradient.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE Real weights_back(const Walk<Stored>& walk, const Tile<Real>& tile, const ReturnTile<Real>& back,
                               const Carry<Real>& by_state) {
  const hn::ScalableTag<Real> d;
  const Head<Stored>& head = *walk.head;
  const std::size_t z = 2 * tile.layout.plane;
  const bool is_recursive = head.is_recursive();
  const auto floor = static_cast<Real>(head.in.rules.weight_floor);
  Real local = is_recursive ? by_state.now[z] : Real(0);
  Real by_rate = 0;
  for (std::size_t t = tile.count; t-- > 0;) {
    const Real* sums = back.over_channels + t * channel_sums * tile.layout.lanes;
    const auto over_lanes = [&](ChannelSum i) {
      return hn::GetLane(hn::SumOfLanes(d, hn::Load(d, sums + i * tile.layout.lanes)));
    };
    if (!(tile.sum[t] < floor)) local -= over_lanes(of_inverse) * tile.inverse[t];
    const Real by_sum = is_recursive ? local : by_state.now[z] + local;
    back.by_weight[t] = by_sum + over_lanes(of_value);
    if (!is_recursive) continue;
    const Real before = t == 0 ? walk.state.now[z] : tile.sum[t - 1];
    by_rate -= head.discount * (over_lanes(of_discount) + by_sum * before);
    local *= head.discount;
  }
  by_state.local[z] = local;
  return by_rate;
}

/// Step 2 backwards for a vector of tokens: by_weight becomes the derivative by the unclipped weight, the
/// argument the derivative by itself.
template <class D, class Real = hn::TFromD<D>>
HWY_INLINE void weigh_back(D d, const sca_core_rules& rules, std::size_t t, const Weights<Real>& weights,
                           Real* by_weight) {
  const auto one = hn::Set(d, Real(1));
  const auto unclipped = hn::Load(d, weights.unclipped + t);
  const auto value = hn::Load(d, weights.value + t);
  const auto is_clipped = hn::Or(hn::Lt(value, unclipped), hn::Lt(unclipped, value));
  const auto by_unclipped = hn::IfThenZeroElse(is_clipped, hn::Load(d, by_weight + t));
  const auto argument = hn::Load(d, weights.argument + t);
  const auto fall = exp(d, hn::Neg(hn::Abs(argument)));
  const auto top = hn::IfThenElse(hn::Lt(argument, hn::Zero(d)), fall, one);
  const auto is_linear = hn::Gt(argument, hn::Set(d, static_cast<Real>(rules.softplus_switch)));
  const auto slope = hn::IfThenElse(is_linear, one, hn::Div(top, hn::Add(one, fall)));
  const auto by_argument = hn::Mul(hn::Mul(by_unclipped, hn::Load(d, weights.decay + t)), slope);
  hn::Store(by_unclipped, d, by_weight + t);
  hn::Store(hn::IfThenZeroElse(is_clipped, by_argument), d, weights.argument + t);
}

/// Step 2 backwards: the scores' gradients, and the chunk's share of those of the head's numbers.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void scores_back(const Head<Stored>& head, const Tile<Real>& tile, const ReturnTile<Real>& back,
                              Real by_rate, const sca_tokens& by_score, Real* by_scalars) {
  const hn::ScalableTag<Real> d;
  const Layout& layout = tile.layout;
  for (std::size_t t = 0; t < chunk_tokens; t += layout.lanes)
    weigh_back(d, head.in.rules, t, tile.weights, back.by_weight);
  Real by_scale = 0;
  Real by_bias = 0;
  for (std::size_t t = tile.count; t-- > 0;) {
    const std::int64_t token = tile.first + static_cast<std::int64_t>(t);
    const Real by_argument = tile.weights.argument[t];
    by_rate -= back.by_weight[t] * tile.weights.unclipped[t] * head.distance(token);
    by_scale += by_argument * head.score(token);
    by_bias += by_argument;
    row<Stored>(by_score, head.b, token)[head.k] = store<Stored>(by_argument * head.score_scale);
  }
  by_scalars[of_rate] = by_rate;
  by_scalars[of_score_scale] = by_scale;
  by_scalars[of_score_bias] = by_bias;
  by_scalars[of_phase_scale] = hn::GetLane(hn::SumOfLanes(d, hn::Load(d, back.by_phase_scale)));
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
