// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_STEP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_STEP_INL
#undef SCA_KERNELS_SIMD_STEP_INL
#else
#define SCA_KERNELS_SIMD_STEP_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/cpu/core/simd/forward-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// For one token of one sequence: vectors of channels, and vectors of heads.
template <class Stored>
struct StepMemory {
  using Real = RealOf<Stored>;

  StepMemory(Arena& arena, const sca_core_shape& shape)
      : channels(arena, shape, shape.K),
        heads((static_cast<std::size_t>(shape.K) + channels.layout.lanes - 1) / channels.layout.lanes *
              channels.layout.lanes),
        weights(arena, heads),
        discount(arena.take<Real>(heads)),
        sum(arena.take<Real>(heads)),
        inverse(arena.take<Real>(heads)) {}

  ForwardMemory<Stored> channels;
  std::size_t heads;  // padded
  Weights<Real> weights;
  Real *discount, *sum, *inverse;  // of Z
};

/// Step 2 and Z, for all heads of a sequence at once; leaves the new Z in the state.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void weigh_heads(const sca_core_forward& call, const StepMemory<Stored>& memory, Real* z) {
  const hn::ScalableTag<Real> d;
  const auto K = static_cast<std::size_t>(call.in.shape.K);
  const Weights<Real>& weights = memory.weights;
  for (Real* one : {weights.argument, weights.decay, memory.discount, memory.sum})
    std::fill(one + K, one + memory.heads, Real(0));
  for (std::size_t k = 0; k < K; ++k) {
    const Head<Stored>& head = *memory.channels.walks[k].head;
    weights.argument[k] = head.score_scale * head.score(0) + head.score_bias;
    weights.decay[k] = head.rate * head.distance(call.state->position);
    memory.discount[k] = head.discount;
    memory.sum[k] = z[k];
  }
  const auto floor = hn::Set(d, static_cast<Real>(call.in.rules.weight_floor));
  for (std::size_t k = 0; k < memory.heads; k += hn::Lanes(d)) {
    weigh(d, call.in.rules, hn::Load(d, weights.argument + k), hn::Load(d, weights.decay + k), k, weights);
    const auto sum = hn::MulAdd(hn::Load(d, memory.discount + k), hn::Load(d, memory.sum + k),
                                hn::Load(d, weights.value + k));
    hn::Store(sum, d, memory.sum + k);
    const auto inverse = hn::Div(hn::Set(d, Real(1)), hn::IfThenElse(hn::Lt(sum, floor), floor, sum));
    hn::Store(inverse, d, memory.inverse + k);
  }
  std::copy_n(memory.sum, K, z);
}

/// Steps 3 to 5 of one head, with its weight known.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void step_head(const sca_core_forward& call, const ForwardMemory<Stored>& memory,
                            const Walk<Stored>& walk) {
  const hn::ScalableTag<Real> d;
  const Layout& layout = memory.layout;
  const Head<Stored>& head = *walk.head;
  const std::int64_t at = (head.b * call.in.shape.K + head.k) * head.width;
  Real* re = static_cast<Real*>(call.state->re) + at;
  Real* im = static_cast<Real*>(call.state->im) + at;
  spread(layout, re, layout.M, memory.tile.row, walk.state.now);
  spread(layout, im, layout.M, memory.tile.row, walk.state.now + layout.plane);
  stage_keys_and_queries(head, memory.tile);
  with_kind_of<Growth::chunked>(
      head, [&](auto is_wide, auto kind) { absorb_and_read<is_wide, kind>(memory, walk, call.output); });
  if (!head.is_recursive())
    for (std::size_t i = 0; i < 2 * layout.plane; i += layout.lanes)
      hn::Store(hn::Add(hn::Load(d, walk.state.now + i), hn::Load(d, walk.state.local + i)), d,
                walk.state.local + i);
  gather(layout, walk.state.local, layout.M, memory.tile.row, re);
  gather(layout, walk.state.local + layout.plane, layout.M, memory.tile.row, im);
}

template <class Stored>
std::size_t step_workspace(const sca_core_shape& shape) {
  Arena arena(nullptr);
  StepMemory<Stored>(arena, shape);
  return arena.used();
}

/// One token, on one thread.
template <class Stored>
int step(const sca_core_forward* call) {
  using Real = RealOf<Stored>;
  const std::int64_t K = call->in.shape.K;
  Arena arena(call->workspace);
  StepMemory<Stored> memory(arena, call->in.shape);
  Tile<Real>& tile = memory.channels.tile;
  tile.count = 1;
  for (std::int64_t b = 0; b < call->in.shape.B; ++b) {
    for (std::int64_t k = 0; k < K; ++k)
      memory.channels.walks[k].enter(memory.channels.layout, call->in, b, k, tile.row);
    weigh_heads(*call, memory, static_cast<Real*>(call->state->weight) + b * K);
    for (std::int64_t k = 0; k < K; ++k) {
      tile.weights.value[0] = memory.weights.value[k];
      tile.inverse[0] = memory.inverse[k];
      step_head(*call, memory.channels, memory.channels.walks[k]);
    }
  }
  call->state->position += 1;
  return 0;
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
