#pragma once

#include <algorithm>
#include <array>

#include "reference/recursive_decay.hpp"

namespace sca::reference {

/// Everything that a layer carries from token to token. Copying it saves it; stepping on from the copy
/// resumes.
///
/// shape    den [B, K]; re, im [B, K, H, M]; pos [B], the next token's position; conv [B, ck - 1, C], the
///          last ck - 1 rows of u before the convolution, oldest first, zeros before the first token
template <class Real>
struct LayerState {
  Tensor<Real> den;
  Tensor<Real> re;
  Tensor<Real> im;
  std::vector<long> pos;
  Tensor<Real> conv;
};

/// The state before the first token.
template <class Real>
LayerState<Real> initial_state(const LayerConfig& c, std::size_t B) {
  return {Tensor<Real>::zeros({B, c.K}), Tensor<Real>::zeros({B, c.K, c.H, c.M}),
          Tensor<Real>::zeros({B, c.K, c.H, c.M}), std::vector<long>(B, 0),
          Tensor<Real>::zeros({B, c.ck - 1, c.C()})};
}

/// The state after the L tokens of a forward pass, for `step` to go on from (prefill). As released, pos is L
/// even where a chain of steps would have stopped at n - 1.
///
/// domain   absolute decay, or a trace of `forward_recursive` under the recursive one
template <class Real>
LayerState<Real> final_state(const LayerConfig& c, const LayerTrace<Real>& trace) {
  const std::size_t B = trace.u.shape[0];
  const std::size_t L = trace.u.shape[1];
  LayerState<Real> state = initial_state<Real>(c, B);
  if (L == 0) return state;
  state.den = slice(trace.den, L - 1);
  state.re = slice(trace.re, L - 1);
  state.im = slice(trace.im, L - 1);
  state.pos.assign(B, static_cast<long>(L));
  for (std::size_t i = 0; i < B * (c.ck - 1); ++i) {
    const std::size_t age = c.ck - 1 - i % (c.ck - 1);
    if (age > L) continue;
    const auto row = trace.u.row(i / (c.ck - 1) * L + L - age, c.C());
    std::copy(row.begin(), row.end(), state.conv.row(i, c.C()).begin());
  }
  return state;
}

/// z of the new token, whose u enters the ring as the oldest row leaves. Row b of everything.
template <class Real>
std::vector<Real> mix_step(const Layer<Real>& layer, std::span<const Real> x, std::size_t b,
                           LayerState<Real>& state) {
  const LayerConfig& c = layer.config;
  std::vector<Real> u(c.C(), Real(0));
  std::vector<Real> z(c.C(), Real(0));
  multiply<Real>(layer.parameters.in_proj_weight.data, x, u);
  convolve_next<Real>(layer.parameters.conv_weight, state.conv.row(b, (c.ck - 1) * c.C()), u, z);
  return z;
}

/// Steps 2 to 4 for the new token: its weight and terms enter the state.
template <class Real>
void accumulate_step(const Layer<Real>& layer, std::span<const Real> z, std::size_t b,
                     LayerState<Real>& state) {
  const LayerConfig& c = layer.config;
  const bool recursive = layer.dialect.step_decay == Dialect::StepDecay::recursive;
  const long n = c.maxlen ? static_cast<long>(*c.maxlen) : layer.dialect.step_origin;
  const long pos = state.pos[b];
  std::vector<Real> alpha;
  for (std::size_t k = 0; k < c.K; ++k) {
    const Real gate = content_gate(layer.dialect, layer.parameters, k, branches(c, z).s[k]);
    const bool now = recursive && k < c.decays();
    alpha.push_back(contribution_weight(layer.dialect, gate, layer.rates[k],
                                        now ? 0 : distance(c, layer.dialect, k, pos, n)));
  }
  std::vector<Real> re(c.KHM(), Real(0));
  std::vector<Real> im(c.KHM(), Real(0));
  encode<Real>(layer.dialect, layer.grid.theta, layer.parameters.phase_scale.data, alpha, branches(c, z).k,
               re, im);
  const std::array<std::span<Real>, 3> sums{state.den.row(b, c.K), state.re.row(b, c.KHM()),
                                            state.im.row(b, c.KHM())};
  if (recursive) {
    const std::vector<Real> factors = discounts(layer);
    for (const auto& sum : sums) discount<Real>(factors, sum);
  }
  add<Real>(sums[0], alpha);
  add<Real>(sums[1], re);
  add<Real>(sums[2], im);
  state.pos[b] = layer.dialect.saturate_distance ? std::min(pos + 1, n - 1) : pos + 1;
}

/// The layer in recurrent form: one token in, one out, in time and memory that do not depend on the position.
/// Positions count from (maxlen or step_origin) under absolute decay, where `forward` takes (maxlen or L): as
/// released, the two differ without a maximum length.
///
/// shape    x [B, D] -> [B, D]
/// domain   recursive decay only without clamp and floor (else std::invalid_argument)
/// source   paper section 2.2.5 (2); the released code
template <class Real>
Tensor<Real> step(const Layer<Real>& layer, const Tensor<Real>& x, LayerState<Real>& state) {
  const LayerConfig& c = layer.config;
  require_shape("x", {state.pos.size(), c.D}, x);
  if (layer.dialect.step_decay == Dialect::StepDecay::recursive) require_scale_invariance(layer.dialect);
  auto out = Tensor<Real>::zeros(x.shape);
  std::vector<Real> o(2 * c.KH(), Real(0));
  std::vector<Real> y_act(c.K * c.E, Real(0));
  for (std::size_t b = 0; b < state.pos.size(); ++b) {
    const std::vector<Real> z = mix_step<Real>(layer, x.row(b, c.D), b, state);
    accumulate_step<Real>(layer, z, b, state);
    const Summary<Real> summary{state.den.row(b, c.K), state.re.row(b, c.KHM()), state.im.row(b, c.KHM())};
    read<Real>(c, layer.dialect, layer.grid.omega, summary, branches<Real>(c, z).q, o);
    fuse<Real>(c, layer.dialect, layer.parameters, x.row(b, c.D), o, y_act, out.row(b, c.D));
  }
  return out;
}

#define SCA_DECLARE(Real) \
  extern template Tensor<Real> step(const Layer<Real>&, const Tensor<Real>&, LayerState<Real>&);
SCA_FOR_EACH_SCALAR(SCA_DECLARE)
#undef SCA_DECLARE

}  // namespace sca::reference
