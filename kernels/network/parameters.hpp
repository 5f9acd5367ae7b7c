#pragma once

#include <string>
#include <vector>

#include "kernels/network/sizes.hpp"

namespace sca::kernels {

using Extents = std::vector<std::int64_t>;

/// An SCA layer's parameters, or what belongs to each (gradients, moments). T is Real or const Real.
template <class T>
struct LayerParameters {
  T *in_proj, *conv, *theta_raw, *omega_raw, *decay_slopes, *anchor_slopes, *score_scale, *score_bias,
      *phase_scale, *gate_proj, *gated_norm, *readout, *out_proj;
};

/// Calls f(released name, shape, pointer, whether weight decay applies) for each: the one place where names,
/// shapes and groups stand. Absent ones (slopes of no heads) are null.
template <class T, class F>
void visit(const LayerSizes& s, LayerParameters<T>& p, F f) {
  f("in_proj.weight", Extents{s.C(), s.D}, p.in_proj, true);
  f("conv_weight", Extents{s.C(), 1, s.ck}, p.conv, true);
  f(s.M == 1 ? "theta_raw" : "theta_d_raw", Extents{1, 1, s.K, s.H, s.M}, p.theta_raw, false);
  f("w_int_raw", Extents{1, 1, s.Kq, s.K / s.Kq, s.H, s.M}, p.omega_raw, false);
  if (s.K > s.anchors) f("decay_slopes", Extents{s.K - s.anchors}, p.decay_slopes, false);
  if (s.anchors > 0) f("anchor_slopes", Extents{s.anchors}, p.anchor_slopes, false);
  f("score_scale", Extents{s.K}, p.score_scale, false);
  f("score_bias", Extents{s.K}, p.score_bias, false);
  f("phase_scale", Extents{s.K}, p.phase_scale, false);
  f("gate_proj.weight", Extents{2 * s.KH(), s.D}, p.gate_proj, true);
  f("gated_norm.weight", Extents{2 * s.KH()}, p.gated_norm, false);
  f("W_readout", Extents{s.K, 2 * s.H, 2 * s.E}, p.readout, true);
  f("out_proj.weight", Extents{s.D, s.K * s.E}, p.out_proj, true);
}

template <class T>
struct ScaBlockParameters {
  T* norm;
  LayerParameters<T> layer;
};

template <class T, class F>
void visit(const LayerSizes& s, ScaBlockParameters<T>& p, F f) {
  f("norm.scale", Extents{s.D}, p.norm, false);
  visit(s, p.layer, [&](const std::string& name, const Extents& shape, T*& pointer, bool decays) {
    f("attn." + name, shape, pointer, decays);
  });
}

template <class T>
struct TransformerParameters {
  T *norm1, *conv, *q_proj, *k_proj, *v_proj, *out_proj, *norm2, *ff_in, *ff_in_bias, *ff_out, *ff_out_bias;
};

template <class T, class F>
void visit(const TransformerSizes& s, TransformerParameters<T>& p, F f) {
  f("norm1.scale", Extents{s.D}, p.norm1, false);
  if (s.ck > 0) f("attn.conv_weight", Extents{s.D, 1, s.ck}, p.conv, true);
  f("attn.q_proj.weight", Extents{s.D, s.D}, p.q_proj, true);
  f("attn.k_proj.weight", Extents{s.kv(), s.D}, p.k_proj, true);
  f("attn.v_proj.weight", Extents{s.kv(), s.D}, p.v_proj, true);
  f("attn.out_proj.weight", Extents{s.D, s.D}, p.out_proj, true);
  f("norm2.scale", Extents{s.D}, p.norm2, false);
  f("ff_in.weight", Extents{2 * s.d_ff, s.D}, p.ff_in, true);
  f("ff_in.bias", Extents{2 * s.d_ff}, p.ff_in_bias, false);
  f("ff_out.weight", Extents{s.D, s.d_ff}, p.ff_out, true);
  f("ff_out.bias", Extents{s.D}, p.ff_out_bias, false);
}

/// The same parameters, read only.
template <class T>
LayerParameters<const T> read_only(const LayerParameters<T>& p) {
  return {p.in_proj,       p.conv,        p.theta_raw,  p.omega_raw,   p.decay_slopes,
          p.anchor_slopes, p.score_scale, p.score_bias, p.phase_scale, p.gate_proj,
          p.gated_norm,    p.readout,     p.out_proj};
}
template <class T>
TransformerParameters<const T> read_only(const TransformerParameters<T>& p) {
  return {p.norm1, p.conv,  p.q_proj,     p.k_proj, p.v_proj,     p.out_proj,
          p.norm2, p.ff_in, p.ff_in_bias, p.ff_out, p.ff_out_bias};
}

}  // namespace sca::kernels
