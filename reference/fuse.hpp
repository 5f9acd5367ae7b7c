#pragma once

#include "reference/activation.hpp"
#include "reference/dialect.hpp"
#include "reference/layer_parameters.hpp"
#include "reference/norm.hpp"

namespace sca::reference {

/// The gated RMSNorm of o over all 2KH channels, gated by silu(W_gate x), in place.
/// shape    x [D], o [2 K H]
template <class Real>
void gated_norm(const Dialect& dialect, const LayerParameters<Real>& p, std::span<const Real> x,
                std::span<Real> o) {
  std::vector<Real> gate(o.size(), Real(0));
  multiply<Real>(p.gate_proj_weight.data, x, gate);
  for (Real& g : gate) g = silu(g);
  const auto apply = [&] {
    for (std::size_t i = 0; i < o.size(); ++i) o[i] *= gate[i];
  };
  if (dialect.gate == Dialect::Gate::before_norm) apply();
  rms_norm<Real>(o, p.gated_norm_weight.data, dialect.norm_epsilon);
  if (dialect.gate == Dialect::Gate::after_norm) apply();
}

/// The per-head gated linear unit: y = v_k W_k, its first half times the activation of its second.
/// shape    v [K, 2 H], W_readout [K, 2 H, 2 E] -> y [K, E]
template <class Real>
void gated_linear_unit(const LayerConfig& c, const Dialect& dialect, const Tensor<Real>& W_readout,
                       std::span<const Real> v, std::span<Real> y) {
  const std::size_t E = c.E();
  std::vector<Real> both(2 * E, Real(0));
  for (std::size_t k = 0; k < c.K; ++k) {
    for (std::size_t e = 0; e < 2 * E; ++e) {
      both[e] = Real(0);
      add_inner_product(
          both[e], 2 * c.H,
          [&](std::size_t j) -> const Real& { return W_readout.data[(k * 2 * c.H + j) * 2 * E + e]; },
          [&](std::size_t j) -> const Real& { return v[k * 2 * c.H + j]; });
    }
    for (std::size_t e = 0; e < E; ++e) {
      const bool smooth = dialect.readout == Dialect::Readout::sigmoid;
      y[k * E + e] = both[e] * (smooth ? sigmoid(both[E + e]) : silu(both[E + e]));
    }
  }
}

/// Step 6 of one token: gated norm, gated linear unit (kept in y_act), output projection.
///
/// shape    x [D], o [2 K H] -> y_act [K, E], out [D]
/// source   paper section 2.2.4, Step 6; the released code takes a sigmoid where the paper says SwiGLU
template <class Real>
void fuse(const LayerConfig& c, const Dialect& dialect, const LayerParameters<Real>& p,
          std::span<const Real> x, std::span<const Real> o, std::span<Real> y_act, std::span<Real> out) {
  std::vector<Real> v(o.begin(), o.end());
  gated_norm<Real>(dialect, p, x, v);
  gated_linear_unit<Real>(c, dialect, p.W_readout, v, y_act);
  multiply<Real>(p.out_proj_weight.data, y_act, out);
}

}  // namespace sca::reference
