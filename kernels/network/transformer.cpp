#include "kernels/network/transformer.hpp"

#include <algorithm>
#include <cmath>

namespace sca::kernels {
namespace {

/// Keys and values that attention reads: those of the call, or the state's.
template <class Real>
struct Cache {
  Real *k, *v;
  std::int64_t stride, position;
};

/// q, k and v of x, at their positions; k and v enter the state.
template <class Real>
Cache<Real> project_heads(const Transformer<Real>& block, std::int64_t B, std::int64_t L, const Real* x,
                          TransformerActivations<Real>& a, TransformerState<Real>* state) {
  const TransformerSizes& s = block.sizes;
  const TransformerParameters<const Real>& p = block.parameters;
  const Operators<Real>& run = *block.by.operators;
  const std::int32_t threads = block.by.threads;
  const std::int64_t rows = B * L;
  Cache<Real> cache{a.k_at, a.v, L * s.kv(), 0};
  if (state != nullptr) cache = {state->k, state->v, s.maxlen * s.kv(), state->position};
  run.norm({rows, s.D, block.norm_epsilon, x, p.norm1, a.y, threads});
  if (s.ck > 0)
    run.mix({B, L, s.D, s.ck, a.y, p.conv, a.z, state == nullptr ? nullptr : state->conv, threads});
  block.by.linear({rows, s.D, s.D, a.z, p.q_proj, nullptr, a.q, false, threads});
  block.by.linear({rows, s.D, s.kv(), a.z, p.k_proj, nullptr, a.k, false, threads});
  block.by.linear({rows, s.D, s.kv(), a.z, p.v_proj, nullptr, a.v, false, threads});
  const auto place = [&](std::int64_t heads, const Real* from, Real* to, std::int64_t stride) {
    run.position({B, L, heads, s.hd(), cache.position, s.normalises, block.norm_epsilon, block.cosine,
                  block.sine, from, to, stride, threads});
  };
  place(s.heads, a.q, a.q_at, L * s.D);
  const std::int64_t offset = cache.position * s.kv();
  place(s.kv_heads, a.k, cache.k + offset, cache.stride);
  for (std::int64_t b = 0; state != nullptr && b < B; ++b)
    std::copy_n(a.v + b * L * s.kv(), L * s.kv(), cache.v + b * cache.stride + offset);
  return cache;
}

/// out = x1 + the gated feed-forward of x1.
template <class Real>
void feed_forward(const Transformer<Real>& block, std::int64_t rows, TransformerActivations<Real>& a,
                  Real* out) {
  const TransformerSizes& s = block.sizes;
  const TransformerParameters<const Real>& p = block.parameters;
  const Operators<Real>& run = *block.by.operators;
  const std::int32_t threads = block.by.threads;
  run.norm({rows, s.D, block.norm_epsilon, a.x1, p.norm2, a.y2, threads});
  block.by.linear({rows, s.D, 2 * s.d_ff, a.y2, p.ff_in, p.ff_in_bias, a.both, false, threads});
  run.swiglu({rows, s.d_ff, a.both, a.h, threads});
  std::copy_n(a.x1, rows * s.D, out);
  block.by.linear({rows, s.d_ff, s.D, a.h, p.ff_out, p.ff_out_bias, out, true, threads});
}

/// By x1, into g.x1.
template <class Real>
void feed_forward_backward(const Transformer<Real>& block, std::int64_t rows,
                           const TransformerActivations<Real>& a, const Real* out_gradient,
                           TransformerGradients<Real>& g, const TransformerParameters<Real>& by) {
  const TransformerSizes& s = block.sizes;
  const TransformerParameters<const Real>& p = block.parameters;
  const Operators<Real>& run = *block.by.operators;
  const std::int32_t threads = block.by.threads;
  run.linear_by_parameters({rows, s.d_ff, s.D, a.h, out_gradient, by.ff_out, by.ff_out_bias, threads});
  run.linear_by_input({rows, s.d_ff, s.D, p.ff_out, out_gradient, g.h, false, threads});
  run.swiglu_backward({rows, s.d_ff, a.both, g.h, g.both, threads});
  run.linear_by_parameters({rows, s.D, 2 * s.d_ff, a.y2, g.both, by.ff_in, by.ff_in_bias, threads});
  run.linear_by_input({rows, s.D, 2 * s.d_ff, p.ff_in, g.both, g.y, false, threads});
  std::copy_n(out_gradient, rows * s.D, g.x1);
  run.norm_backward({rows, s.D, block.norm_epsilon, a.x1, p.norm2, g.y, g.x1, by.norm2, true, threads});
}

/// From g.heads to g.y: through attention, the projections and the convolution.
template <class Real>
void attention_backward(const Transformer<Real>& block, std::int64_t B, std::int64_t L, const Real* mask,
                        const TransformerActivations<Real>& a, TransformerGradients<Real>& g,
                        const TransformerParameters<Real>& by) {
  const TransformerSizes& s = block.sizes;
  const TransformerParameters<const Real>& p = block.parameters;
  const Operators<Real>& run = *block.by.operators;
  const std::int32_t threads = block.by.threads;
  const std::int64_t rows = B * L;
  run.attention_backward({B, L, s.heads, s.kv_heads, s.hd(), a.q_at, a.k_at, a.v, mask, a.heads, a.log_sum,
                          g.heads, g.q_at, g.k_at, g.v, threads});
  const auto take_back = [&](std::int64_t heads, const Real* x, const Real* by_y, Real* by_x) {
    run.position_backward({B, L, heads, s.hd(), 0, s.normalises, block.norm_epsilon, block.cosine, block.sine,
                           x, by_y, by_x, threads});
  };
  take_back(s.heads, a.q, g.q_at, g.q);
  take_back(s.kv_heads, a.k, g.k_at, g.k);
  const auto project_back = [&](std::int64_t width, const Real* by_y, const Real* weight, Real* by_weight,
                                bool adds) {
    run.linear_by_parameters({rows, s.D, width, a.z, by_y, by_weight, nullptr, threads});
    run.linear_by_input({rows, s.D, width, weight, by_y, g.z, adds, threads});
  };
  project_back(s.D, g.q, p.q_proj, by.q_proj, false);
  project_back(s.kv(), g.k, p.k_proj, by.k_proj, true);
  project_back(s.kv(), g.v, p.v_proj, by.v_proj, true);
  if (s.ck > 0) run.mix_backward({B, L, s.D, s.ck, a.y, p.conv, g.z, g.y, by.conv, threads});
}

}  // namespace

template <class Real>
void rotary_table(std::int64_t maxlen, std::int64_t half, Real* cosine, Real* sine) {
  for (std::int64_t j = 0; j < half; ++j) {
    const double frequency = std::pow(10000.0, -static_cast<double>(j) / static_cast<double>(half));
    for (std::int64_t t = 0; t < maxlen; ++t) {
      cosine[t * half + j] = static_cast<Real>(std::cos(frequency * static_cast<double>(t)));
      sine[t * half + j] = static_cast<Real>(std::sin(frequency * static_cast<double>(t)));
    }
  }
}

template <class Real>
TransformerState<Real> Transformer<Real>::place_state(std::int64_t B, Arena& arena) const {
  const TransformerSizes& s = sizes;
  const std::int64_t size = B * s.maxlen * s.kv();
  return {.k = arena.take<Real>(size),
          .v = arena.take<Real>(size),
          .conv = s.ck > 1 ? arena.take<Real>(B * (s.ck - 1) * s.D) : nullptr,
          .position = 0};
}

template <class Real>
TransformerActivations<Real> Transformer<Real>::place_activations(std::int64_t B, std::int64_t L,
                                                                  Arena& arena) const {
  const TransformerSizes& s = sizes;
  const std::int64_t rows = B * L;
  Real* const y = arena.take<Real>(rows * s.D);
  return {.y = y,
          .z = s.ck > 0 ? arena.take<Real>(rows * s.D) : y,
          .q = arena.take<Real>(rows * s.D),
          .k = arena.take<Real>(rows * s.kv()),
          .v = arena.take<Real>(rows * s.kv()),
          .q_at = arena.take<Real>(rows * s.D),
          .k_at = arena.take<Real>(rows * s.kv()),
          .heads = arena.take<Real>(rows * s.D),
          .log_sum = arena.take<Real>(rows * s.heads),
          .x1 = arena.take<Real>(rows * s.D),
          .y2 = arena.take<Real>(rows * s.D),
          .both = arena.take<Real>(rows * 2 * s.d_ff),
          .h = arena.take<Real>(rows * s.d_ff)};
}

template <class Real>
TransformerGradients<Real> Transformer<Real>::place_gradients(std::int64_t B, std::int64_t L,
                                                              Arena& arena) const {
  const TransformerSizes& s = sizes;
  const std::int64_t rows = B * L;
  Real* const y = arena.take<Real>(rows * s.D);
  return {.y = y,
          .z = s.ck > 0 ? arena.take<Real>(rows * s.D) : y,
          .q = arena.take<Real>(rows * s.D),
          .k = arena.take<Real>(rows * s.kv()),
          .v = arena.take<Real>(rows * s.kv()),
          .q_at = arena.take<Real>(rows * s.D),
          .k_at = arena.take<Real>(rows * s.kv()),
          .heads = arena.take<Real>(rows * s.D),
          .x1 = arena.take<Real>(rows * s.D),
          .both = arena.take<Real>(rows * 2 * s.d_ff),
          .h = arena.take<Real>(rows * s.d_ff)};
}

template <class Real>
void Transformer<Real>::forward(std::int64_t B, std::int64_t L, const Real* x, const Real* mask,
                                TransformerActivations<Real>& a, TransformerState<Real>* state,
                                Real* out) const {
  const TransformerSizes& s = sizes;
  const Operators<Real>& run = *by.operators;
  const std::int32_t threads = by.threads;
  const Cache<Real> cache = project_heads(*this, B, L, x, a, state);
  run.attention({B, L, s.heads, s.kv_heads, s.hd(), cache.position, cache.stride, a.q_at, cache.k, cache.v,
                 mask, a.heads, a.log_sum, threads});
  if (state != nullptr) state->position += L;
  std::copy_n(x, B * L * s.D, a.x1);
  by.linear({B * L, s.D, s.D, a.heads, parameters.out_proj, nullptr, a.x1, true, threads});
  feed_forward(*this, B * L, a, out);
}

template <class Real>
void Transformer<Real>::backward(std::int64_t B, std::int64_t L, const Real* x, const Real* mask,
                                 const TransformerActivations<Real>& a, const Real* out_gradient,
                                 TransformerGradients<Real>& g,
                                 const TransformerParameters<Real>& by_parameters, Real* x_gradient) const {
  const TransformerSizes& s = sizes;
  const Operators<Real>& run = *by.operators;
  const std::int32_t threads = by.threads;
  const std::int64_t rows = B * L;
  feed_forward_backward(*this, rows, a, out_gradient, g, by_parameters);
  run.linear_by_parameters({rows, s.D, s.D, a.heads, g.x1, by_parameters.out_proj, nullptr, threads});
  run.linear_by_input({rows, s.D, s.D, parameters.out_proj, g.x1, g.heads, false, threads});
  attention_backward(*this, B, L, mask, a, g, by_parameters);
  std::copy_n(g.x1, rows * s.D, x_gradient);
  run.norm_backward(
      {rows, s.D, norm_epsilon, x, parameters.norm1, g.y, x_gradient, by_parameters.norm1, true, threads});
}

template void rotary_table(std::int64_t, std::int64_t, float*, float*);
template void rotary_table(std::int64_t, std::int64_t, double*, double*);
template struct Transformer<float>;
template struct Transformer<double>;

}  // namespace sca::kernels
