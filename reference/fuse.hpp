#pragma once

#include "reference/activation.hpp"
#include "reference/dialect.hpp"
#include "reference/layer_parameters.hpp"
#include "reference/norm.hpp"

namespace sca::reference {

/// RMSNorm of v with a gain, gated by silu(gate) before or after, in place.
/// shape    gain, gate like v
template <class Real>
void gated_rms_norm(const Dialect& dialect, std::span<const Real> gain, std::span<const Real> gate,
                    std::span<Real> v) {
  const auto apply = [&] {
    for (std::size_t i = 0; i < v.size(); ++i) v[i] *= silu(gate[i]);
  };
  if (dialect.gate == Dialect::Gate::before_norm) apply();
  rms_norm<Real>(v, gain, dialect.norm_epsilon);
  if (dialect.gate == Dialect::Gate::after_norm) apply();
}

/// The gated RMSNorm of o over all 2KH channels, gated by silu(W_gate x), in place.
/// shape    x [D], o [2 K H]
template <class Real>
void gated_norm(const Dialect& dialect, const LayerParameters<Real>& p, std::span<const Real> x,
                std::span<Real> o) {
  std::vector<Real> gate(o.size(), Real(0));
  multiply<Real>(p.gate_proj_weight.data, x, gate);
  gated_rms_norm<Real>(dialect, p.gated_norm_weight.data, gate, o);
}

/// The products v_k W_k of one head: what is gated, then what gates it.
/// shape    v [K, 2 H], W_readout [K, 2 H, 2 E] -> both [2 E]
template <class Real>
void readout_products(const LayerConfig& c, const Tensor<Real>& W_readout, std::span<const Real> v,
                      std::size_t k, std::span<Real> both) {
  for (std::size_t e = 0; e < both.size(); ++e) {
    both[e] = Real(0);
    add_inner_product(
        both[e], 2 * c.H,
        [&](std::size_t j) -> const Real& { return W_readout.data[(k * 2 * c.H + j) * both.size() + e]; },
        [&](std::size_t j) -> const Real& { return v[k * 2 * c.H + j]; });
  }
}

/// The per-head gated linear unit: y = v_k W_k, its first half times the activation of its second.
/// shape    v [K, 2 H], W_readout [K, 2 H, 2 E] -> y [K, E]
template <class Real>
void gated_linear_unit(const LayerConfig& c, const Dialect& dialect, const Tensor<Real>& W_readout,
                       std::span<const Real> v, std::span<Real> y) {
  const std::size_t E = c.E;
  const bool smooth = dialect.readout == Dialect::Readout::sigmoid;
  std::vector<Real> both(2 * E, Real(0));
  for (std::size_t k = 0; k < c.K; ++k) {
    readout_products<Real>(c, W_readout, v, k, both);
    glu<Real>(both, y.subspan(k * E, E), [&](const Real& b) { return smooth ? sigmoid(b) : silu(b); });
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
