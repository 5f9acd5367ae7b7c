#pragma once

#include "reference/layer.hpp"

namespace sca::reference {

/// Throws std::invalid_argument under a clamp, which is not scale-invariant.
inline void require_scale_invariance(const Dialect& dialect) {
  if (dialect.weight_clamp || dialect.denominator_floor) {
    throw std::invalid_argument("recursive decay: the dialect clamps weights, which is not scale-invariant");
  }
}

/// What one step multiplies a head's state by: e^{-rate} for decay heads; 1 for anchors, whose decay is in
/// alpha.
/// shape    [K]
template <class Real>
std::vector<Real> discounts(const Layer<Real>& layer) {
  using std::exp;
  std::vector<Real> factors(layer.config.K, Real(1));
  for (std::size_t k = 0; k < layer.config.decays(); ++k) factors[k] = exp(Real(-layer.rates[k]));
  return factors;
}

/// state_k *= factor_k. shape: state [K, …]
template <class Real>
void discount(std::span<const Real> factors, std::span<Real> state) {
  const std::size_t width = state.size() / factors.size();
  for (std::size_t i = 0; i < state.size(); ++i) state[i] *= factors[i / width];
}

/// x_t = factor x_{t-1} + x_t along axis 1. shape: x [B, L, K, …]
template <class Real>
void discounted_sum(std::span<const Real> factors, Tensor<Real>& x) {
  const std::size_t L = x.shape[1];
  if (x.data.empty()) return;
  const std::size_t width = x.data.size() / (x.shape[0] * L);
  for (std::size_t i = 0; i < x.shape[0] * L; ++i) {
    if (i % L == 0) continue;
    const auto before = x.row(i - 1, width);
    std::vector<Real> carried(before.begin(), before.end());
    discount<Real>(factors, carried);
    add<Real>(x.row(i, width), carried);
  }
}

/// Steps 2 to 5 with the stable form of Step 4: R_t = e^-lambda R_{t-1} + gate k e^{i phi}, which is the
/// prefix sum of the absolute form times e^{lambda d(t)}: (R^, I^) and all that follows are the same in exact
/// arithmetic. The newest token has weight `gate`, so that nothing under- or overflows at any length, where
/// Algorithm 1's e^{-lambda (n - 1 - t)} underflows and then divides 0 by 0. Without a division by Z it is
/// another operator: one whose weights are relative to the newest token.
///
/// shape    as `core`; p_w holds weights at arrival, den, re and im are scaled as said
/// domain   a dialect without clamp or floor (else std::invalid_argument), L <= n where distances saturate
/// source   paper section 2.2.4, Steps 2 and 4
template <class Real>
void core_recursive(const Layer<Real>& layer, LayerTrace<Real>& trace) {
  require_scale_invariance(layer.dialect);
  const LayerConfig& c = layer.config;
  std::vector<Real> at_arrival = layer.rates;
  for (std::size_t k = 0; k < c.decays(); ++k) at_arrival[k] = Real(0);
  trace.p_w = weights(c, layer.dialect, layer.parameters, at_arrival, trace.z_act, 0);
  trace.den = trace.p_w;
  encode_tokens(layer, trace);
  const std::vector<Real> factors = discounts(layer);
  discounted_sum<Real>(factors, trace.den);
  discounted_sum<Real>(factors, trace.re);
  discounted_sum<Real>(factors, trace.im);
  read_tokens(layer, trace);
}

/// The layer with Steps 2 to 5 as `core_recursive` has them.
template <class Real>
LayerTrace<Real> forward_recursive(const Layer<Real>& layer, const Tensor<Real>& x) {
  LayerTrace<Real> trace;
  trace.u = project(layer.parameters.in_proj_weight, x);
  trace.z_act = mix(layer.parameters.conv_weight, trace.u);
  core_recursive(layer, trace);
  fuse_tokens(layer, x, trace);
  return trace;
}

#define SCA_DECLARE(Real) \
  extern template LayerTrace<Real> forward_recursive(const Layer<Real>&, const Tensor<Real>&);
SCA_FOR_EACH_SCALAR(SCA_DECLARE)
#undef SCA_DECLARE

}  // namespace sca::reference
