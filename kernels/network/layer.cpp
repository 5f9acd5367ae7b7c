#include "kernels/network/layer.hpp"

#include <algorithm>

namespace sca::kernels {
namespace {

template <class Real>
sca_core_shape core_shape(const LayerSizes& s, std::int64_t B, std::int64_t L) {
  return {.B = B, .L = L, .K = s.K, .Kq = s.Kq, .H = s.H, .M = s.M};
}

/// Where the core's inputs, or their gradients, stand in the rows of z [B, L, C]: k, then s, then q.
template <class Tokens, class Pointer>
Tokens part_of(Pointer z, std::int64_t at, const LayerSizes& s, std::int64_t L) {
  return {z + at, L * s.C(), s.C()};
}

template <class Real>
sca_core_inputs core_inputs(const Layer<Real>& layer, std::int64_t B, std::int64_t L,
                            const LayerActivations<Real>& a, std::int64_t horizon) {
  const LayerSizes& s = layer.sizes;
  const Rules& r = layer.rules;
  const LayerParameters<const Real>& p = layer.parameters;
  return {.shape = core_shape<Real>(s, B, L),
          .rules = {.weight_low = r.weight_low,
                    .weight_high = r.weight_high,
                    .softplus_switch = r.softplus_switch,
                    .weight_floor = r.weight_floor,
                    .horizon = horizon,
                    .anchors = s.anchors,
                    .saturate_distance = r.saturate_distance,
                    .recursive_decay = r.recursive_decay,
                    .over_root_h = r.over_root_h,
                    .inner_product_phase = r.inner_product_phase,
                    .plain_summary = r.plain_summary,
                    .unnormalised = r.unnormalised},
          .parameters = {a.theta, a.omega, a.rate, p.score_scale, p.score_bias, p.phase_scale},
          .key = part_of<sca_const_tokens>(a.z, 0, s, L),
          .score = part_of<sca_const_tokens>(a.z, s.KH(), s, L),
          .query = part_of<sca_const_tokens>(a.z, s.KH() + s.K, s, L)};
}

template <class Real>
void project(const Layer<Real>& layer, std::int64_t B, std::int64_t L, const Real* x,
             LayerActivations<Real>& a, Real* conv_state) {
  const LayerSizes& s = layer.sizes;
  const Operators<Real>& run = *layer.by.operators;
  layer.by.linear({B * L, s.D, s.C(), x, layer.parameters.in_proj, nullptr, a.u, false, layer.by.threads});
  run.mix({B, L, s.C(), s.ck, a.u, layer.parameters.conv, a.z, conv_state, layer.by.threads});
}

/// Steps 2 to 5; not 0 where the core refuses.
template <class Real>
int run_core(const Layer<Real>& layer, std::int64_t B, std::int64_t L, LayerActivations<Real>& a,
             LayerState<Real>* state, std::int64_t horizon, bool is_step) {
  const std::int64_t width = 2 * layer.sizes.KH();
  sca_core_state kept{};
  if (state != nullptr) kept = {state->position, state->den, state->re, state->im};
  const sca_core_forward call{.in = core_inputs(layer, B, L, a, horizon),
                              .output = {a.o, L * width, width},
                              .state = state == nullptr ? nullptr : &kept,
                              .workspace = a.core,
                              .threads = layer.by.threads};
  const int refusal = (is_step ? layer.by.core->step : layer.by.core->forward)(&call);
  if (state != nullptr) state->position = kept.position;
  return refusal;
}

/// Step 6.
template <class Real>
void fuse(const Layer<Real>& layer, std::int64_t rows, const Real* x, LayerActivations<Real>& a, Real* out,
          bool adds) {
  const LayerSizes& s = layer.sizes;
  const Rules& r = layer.rules;
  const LayerParameters<const Real>& p = layer.parameters;
  const Operators<Real>& run = *layer.by.operators;
  const std::int64_t width = 2 * s.KH();
  const std::int32_t threads = layer.by.threads;
  layer.by.linear({rows, s.D, width, x, p.gate_proj, nullptr, a.gate, false, threads});
  run.gated_norm({rows, width, r.norm_epsilon, r.gate_after, a.o, a.gate, p.gated_norm, a.v, threads});
  layer.by.readout({rows, s.K, 2 * s.H, s.E, r.silu_readout, a.v, p.readout, a.both, a.y, threads});
  layer.by.linear({rows, s.K * s.E, s.D, a.y, p.out_proj, nullptr, out, adds, threads});
}

template <class Real>
void fuse_backward(const Layer<Real>& layer, std::int64_t rows, const LayerActivations<Real>& a,
                   const Real* out_gradient, LayerGradients<Real>& g, const LayerParameters<Real>& by) {
  const LayerSizes& s = layer.sizes;
  const Rules& r = layer.rules;
  const LayerParameters<const Real>& p = layer.parameters;
  const Operators<Real>& run = *layer.by.operators;
  const std::int64_t width = 2 * s.KH();
  const std::int32_t threads = layer.by.threads;
  run.linear_by_parameters({rows, s.K * s.E, s.D, a.y, out_gradient, by.out_proj, nullptr, threads});
  run.linear_by_input({rows, s.K * s.E, s.D, p.out_proj, out_gradient, g.y, false, threads});
  run.readout_backward({rows, s.K, 2 * s.H, s.E, r.silu_readout, a.v, p.readout, a.both, g.y, g.both, g.v,
                        by.readout, threads});
  run.gated_norm_backward({rows, width, r.norm_epsilon, r.gate_after, a.o, a.gate, p.gated_norm, g.v, g.o,
                           g.gate, by.gated_norm, threads});
}

template <class Real>
void core_backward(const Layer<Real>& layer, std::int64_t B, std::int64_t L, const LayerActivations<Real>& a,
                   LayerGradients<Real>& g, const LayerParameters<Real>& by) {
  const LayerSizes& s = layer.sizes;
  const LayerParameters<const Real>& p = layer.parameters;
  const std::int64_t width = 2 * s.KH();
  const std::int64_t horizon = s.maxlen > 0 ? s.maxlen : L;
  const sca_core_backward call{.in = core_inputs(layer, B, L, a, horizon),
                               .output_gradient = {g.o, L * width, width},
                               .key = part_of<sca_tokens>(g.z, 0, s, L),
                               .score = part_of<sca_tokens>(g.z, s.KH(), s, L),
                               .query = part_of<sca_tokens>(g.z, s.KH() + s.K, s, L),
                               .theta = g.theta,
                               .omega = g.omega,
                               .rate = g.rate,
                               .score_scale = g.score_scale,
                               .score_bias = g.score_bias,
                               .phase_scale = g.phase_scale,
                               .workspace = g.core,
                               .threads = layer.by.threads};
  layer.by.core->backward(&call);
  layer.by.operators->grid_backward({s.K, s.H, s.M, s.anchors, layer.rules.grid, p.theta_raw, p.omega_raw,
                                     p.decay_slopes, p.anchor_slopes, g.theta, g.omega, g.rate, by.theta_raw,
                                     by.omega_raw, by.decay_slopes, by.anchor_slopes});
  layer.by.operators->accumulate({s.K, g.score_scale, by.score_scale});
  layer.by.operators->accumulate({s.K, g.score_bias, by.score_bias});
  layer.by.operators->accumulate({s.K, g.phase_scale, by.phase_scale});
}

std::size_t core_workspace(const sca_core_kernel& core, sca_operation operation, const sca_core_shape& shape,
                           std::int32_t threads) {
  return core.workspace_bytes == nullptr ? 0 : core.workspace_bytes(operation, &shape, threads);
}

}  // namespace

template <class Real>
LayerState<Real> Layer<Real>::place_state(std::int64_t B, Arena& arena) const {
  const LayerSizes& s = sizes;
  return {.den = arena.take<Real>(B * s.K),
          .re = arena.take<Real>(B * s.KHM()),
          .im = arena.take<Real>(B * s.KHM()),
          .conv = arena.take<Real>(B * (s.ck - 1) * s.C()),
          .position = 0};
}

template <class Real>
LayerActivations<Real> Layer<Real>::place_activations(std::int64_t B, std::int64_t L, Arena& arena) const {
  const LayerSizes& s = sizes;
  const std::int64_t rows = B * L;
  const sca_core_shape shape = core_shape<Real>(s, B, L);
  const std::size_t workspace = std::max(core_workspace(*by.core, SCA_FORWARD, shape, by.threads),
                                         core_workspace(*by.core, SCA_STEP, shape, by.threads));
  return {.u = arena.take<Real>(rows * s.C()),
          .z = arena.take<Real>(rows * s.C()),
          .theta = arena.take<Real>(s.KHM()),
          .omega = arena.take<Real>(s.KHM()),
          .rate = arena.take<Real>(s.K),
          .o = arena.take<Real>(rows * 2 * s.KH()),
          .gate = arena.take<Real>(rows * 2 * s.KH()),
          .v = arena.take<Real>(rows * 2 * s.KH()),
          .both = arena.take<Real>(rows * s.K * 2 * s.E),
          .y = arena.take<Real>(rows * s.K * s.E),
          .core = arena.take<std::byte>(static_cast<std::int64_t>(workspace))};
}

template <class Real>
LayerGradients<Real> Layer<Real>::place_gradients(std::int64_t B, std::int64_t L, Arena& arena) const {
  const LayerSizes& s = sizes;
  const std::int64_t rows = B * L;
  const std::size_t workspace = core_workspace(*by.core, SCA_BACKWARD, core_shape<Real>(s, B, L), by.threads);
  return {.y = arena.take<Real>(rows * s.K * s.E),
          .both = arena.take<Real>(rows * s.K * 2 * s.E),
          .v = arena.take<Real>(rows * 2 * s.KH()),
          .o = arena.take<Real>(rows * 2 * s.KH()),
          .gate = arena.take<Real>(rows * 2 * s.KH()),
          .z = arena.take<Real>(rows * s.C()),
          .u = arena.take<Real>(rows * s.C()),
          .theta = arena.take<Real>(s.KHM()),
          .omega = arena.take<Real>(s.KHM()),
          .rate = arena.take<Real>(s.K),
          .score_scale = arena.take<Real>(s.K),
          .score_bias = arena.take<Real>(s.K),
          .phase_scale = arena.take<Real>(s.K),
          .core = arena.take<std::byte>(static_cast<std::int64_t>(workspace))};
}

template <class Real>
bool Layer<Real>::has_a_core_for_its_rules() const {
  Placed nothing([this](Arena& arena) { return place_activations(0, 0, arena); });
  return run_core<Real>(*this, 0, 0, *nothing, nullptr, 0, false) == 0;
}

template <class Real>
void Layer<Real>::prepare(LayerActivations<Real>& a) const {
  const LayerSizes& s = sizes;
  const LayerParameters<const Real>& p = parameters;
  by.operators->grid({s.K, s.H, s.M, s.anchors, rules.grid, p.theta_raw, p.omega_raw, p.decay_slopes,
                      p.anchor_slopes, a.theta, a.omega, a.rate});
}

template <class Real>
void Layer<Real>::forward(std::int64_t B, std::int64_t L, const Real* x, LayerActivations<Real>& a,
                          LayerState<Real>* state, Real* out, bool adds) const {
  const std::int64_t tokens = L + (state == nullptr ? 0 : state->position);
  prepare(a);
  project(*this, B, L, x, a, state == nullptr ? nullptr : state->conv);
  run_core(*this, B, L, a, state, sizes.maxlen > 0 ? sizes.maxlen : tokens, false);
  fuse(*this, B * L, x, a, out, adds);
}

template <class Real>
void Layer<Real>::step(std::int64_t B, const Real* x, LayerActivations<Real>& a, LayerState<Real>& state,
                       Real* out, bool adds) const {
  const std::int64_t horizon = sizes.maxlen > 0 ? sizes.maxlen : rules.step_origin;
  project(*this, B, 1, x, a, state.conv);
  run_core(*this, B, 1, a, &state, horizon, true);
  if (rules.saturate_distance) state.position = std::min(state.position, horizon - 1);
  fuse(*this, B, x, a, out, adds);
}

template <class Real>
void Layer<Real>::backward(std::int64_t B, std::int64_t L, const Real* x, const LayerActivations<Real>& a,
                           const Real* out_gradient, LayerGradients<Real>& g,
                           const LayerParameters<Real>& by_parameters, Real* x_gradient) const {
  const LayerSizes& s = sizes;
  const LayerParameters<const Real>& p = parameters;
  const Operators<Real>& run = *by.operators;
  const std::int64_t rows = B * L;
  const std::int64_t width = 2 * s.KH();
  const std::int32_t threads = by.threads;
  fuse_backward(*this, rows, a, out_gradient, g, by_parameters);
  run.linear_by_parameters({rows, s.D, width, x, g.gate, by_parameters.gate_proj, nullptr, threads});
  run.linear_by_input({rows, s.D, width, p.gate_proj, g.gate, x_gradient, false, threads});
  core_backward(*this, B, L, a, g, by_parameters);
  run.mix_backward({B, L, s.C(), s.ck, a.u, p.conv, g.z, g.u, by_parameters.conv, threads});
  run.linear_by_parameters({rows, s.D, s.C(), x, g.u, by_parameters.in_proj, nullptr, threads});
  run.linear_by_input({rows, s.D, s.C(), p.in_proj, g.u, x_gradient, true, threads});
}

template struct Layer<float>;
template struct Layer<double>;

}  // namespace sca::kernels
