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
      : channels(arena, shape, 1),
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

/// What step 2 starts from, for all heads of a sequence.
template <class Stored, class Real = RealOf<Stored>>
HWY_INLINE void begin_weights(const sca_core_forward& call, std::int64_t b,
                              const StepMemory<Stored>& memory) {
  const sca_core_shape& shape = call.in.shape;
  const auto K = static_cast<std::size_t>(shape.K);
  const std::size_t decaying = K - static_cast<std::size_t>(call.in.rules.anchors);
  const serial::Head<Stored> first(call.in, b, 0);
  const serial::Head<Stored> last(call.in, b, shape.K - 1);
  const auto reals = [](const void* data) { return static_cast<const Real*>(data); };
  const sca_core_parameters& of = call.in.parameters;
  const Weights<Real>& weights = memory.weights;
  for (Real* one : {weights.argument, weights.decay, memory.discount})
    std::fill(one + K, one + memory.heads, Real(0));
  for (std::size_t k = 0; k < K; ++k) {
    const serial::Head<Stored>& kind = k < decaying ? first : last;
    weights.argument[k] =
        reals(of.score_scale)[k] * load(row<Stored>(call.in.score, b, 0)[k]) + reals(of.score_bias)[k];
    weights.decay[k] = reals(of.rate)[k] * kind.distance(call.state->position);
    memory.discount[k] = kind.is_recursive() ? -reals(of.rate)[k] : Real(0);
  }
}

/// Step 2 and Z, for all heads of a sequence; leaves the new Z in the state.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void weigh_heads(const sca_core_forward& call, std::int64_t b,
                              const StepMemory<Stored>& memory) {
  const hn::ScalableTag<Real> d;
  const auto K = static_cast<std::size_t>(call.in.shape.K);
  const Weights<Real>& weights = memory.weights;
  Real* z = static_cast<Real*>(call.state->weight) + static_cast<std::size_t>(b) * K;
  begin_weights(call, b, memory);
  std::copy_n(z, K, memory.sum);
  std::fill(memory.sum + K, memory.sum + memory.heads, Real(0));
  const auto floor = hn::Set(d, static_cast<Real>(call.in.rules.weight_floor));
  for (std::size_t k = 0; k < memory.heads; k += hn::Lanes(d)) {
    weigh(d, call.in.rules, hn::Load(d, weights.argument + k), hn::Load(d, weights.decay + k), k, weights);
    const auto discount = exp(d, hn::Load(d, memory.discount + k));
    const auto sum = hn::MulAdd(discount, hn::Load(d, memory.sum + k), hn::Load(d, weights.value + k));
    const auto inverse = hn::Div(hn::Set(d, Real(1)), hn::IfThenElse(hn::Lt(sum, floor), floor, sum));
    hn::Store(discount, d, memory.discount + k);
    hn::Store(sum, d, memory.sum + k);
    hn::Store(inverse, d, memory.inverse + k);
  }
  std::copy_n(memory.sum, K, z);
}

/// Steps 3 to 5 of one head from the caller's rows, all N = M samples at once.
template <std::size_t N, class Real>
HWY_FLATTEN HWY_NOINLINE void step_rows(const sca_core_forward& call, const StepMemory<Real>& memory,
                                        const Root<Real>& root, std::int64_t b, std::int64_t k) {
  const hn::ScalableTag<Real> d;
  using V = hn::VFromD<decltype(d)>;
  const Layout& layout = memory.channels.layout;
  const serial::Head<Real> head(call.in, b, k);
  const Real* key = head.key(0);
  const Real* query = head.query(0);
  Real* re = static_cast<Real*>(call.state->re) + (b * call.in.shape.K + k) * head.width;
  Real* im = static_cast<Real*>(call.state->im) + (b * call.in.shape.K + k) * head.width;
  Real* output = row<Real>(call.output, b, 0) + k * 2 * call.in.shape.H;
  const V phase_scale = hn::Set(d, head.phase_scale);
  const V weight = hn::Set(d, memory.weights.value[k]);
  const V inverse = hn::Set(d, memory.inverse[k]);
  const V discount = hn::Set(d, memory.discount[k]);
  for (std::size_t h = 0; h < layout.H; h += layout.lanes) {
    const EncodedKey<V> token = encode_key(d, hn::LoadU(d, key + h), phase_scale, weight);
    const std::array<V, N> theta = load_interleaved<N>(d, head.theta + N * h);
    std::array<V, N> all_re = load_interleaved<N>(d, re + N * h);
    std::array<V, N> all_im = load_interleaved<N>(d, im + N * h);
    Pairs<V, N> state;
    for_each_sample<N>([&](auto i) {
      Pair<V> turn;
      sin_cos_of(d, !are_small(d, theta[i]), hn::Mul(theta[i], token.u), turn.im, turn.re);
      all_re[i] = hn::MulAdd(discount, all_re[i], hn::Mul(token.value, turn.re));
      all_im[i] = hn::MulAdd(discount, all_im[i], hn::Mul(token.value, turn.im));
      state[i] = {all_re[i], all_im[i]};
    });
    store_interleaved(d, all_re, re + N * h);
    store_interleaved(d, all_im, im + N * h);
    const auto sum = read_samples<N>(d, state, inverse, load_queries<N>(d, query + 2 * N * h),
                                     load_interleaved<N>(d, head.omega + N * h));
    hn::StoreU(root.divide(d, sum.re), d, output + h);
    hn::StoreU(root.divide(d, sum.im), d, output + layout.H + h);
  }
}

/// The same by way of planes.
template <class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void step_head(const sca_core_forward& call, const StepMemory<Stored>& memory, std::int64_t b,
                            std::int64_t k) {
  const hn::ScalableTag<Real> d;
  const ForwardMemory<Stored>& channels = memory.channels;
  const Layout& layout = channels.layout;
  Walk<Stored>& walk = *channels.walks;
  walk.enter(layout, call.in, b, k, channels.tile.row);
  const Head<Stored>& head = *walk.head;
  const std::int64_t at = (head.b * call.in.shape.K + head.k) * head.width;
  Real* re = static_cast<Real*>(call.state->re) + at;
  Real* im = static_cast<Real*>(call.state->im) + at;
  spread(layout, re, layout.M, channels.tile.row, walk.state.now);
  spread(layout, im, layout.M, channels.tile.row, walk.state.now + layout.plane);
  channels.tile.weights.value[0] = memory.weights.value[k];
  channels.tile.inverse[0] = memory.inverse[k];
  pass_chunk<Growth::chunked>(channels, walk, Next<Stored>{&head, 0}, call.output);
  if (!head.is_recursive())
    for (std::size_t i = 0; i < 2 * layout.plane; i += layout.lanes)
      hn::Store(hn::Add(hn::Load(d, walk.state.now + i), hn::Load(d, walk.state.local + i)), d,
                walk.state.local + i);
  gather(layout, walk.state.local, layout.M, channels.tile.row, re);
  gather(layout, walk.state.local + layout.plane, layout.M, channels.tile.row, im);
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
  if (!are_known(call->in.rules)) return 1;
  using Real = RealOf<Stored>;
  const sca_core_shape& shape = call->in.shape;
  Arena arena(call->workspace);
  StepMemory<Stored> memory(arena, shape);
  memory.channels.tile.count = 1;
  const Root<Real> root(call->in);
  for (std::int64_t b = 0; b < shape.B; ++b) {
    weigh_heads(*call, b, memory);
    for (std::int64_t k = 0; k < shape.K; ++k) {
      if constexpr (std::is_same_v<Stored, Real>) {
        if (are_direct<Stored>(memory.channels.layout)) {
          shape.M == 1 ? step_rows<1>(*call, memory, root, b, k) : step_rows<2>(*call, memory, root, b, k);
          continue;
        }
      }
      step_head(*call, memory, b, k);
    }
  }
  call->state->position += 1;
  return 0;
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
