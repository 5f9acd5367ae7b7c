#pragma once

#include <stdexcept>
#include <string>

#include "reference/layer_config.hpp"
#include "reference/tensor.hpp"

namespace sca::reference {

/// The parameters of an SCA layer, under the released names (`visit` has names and shapes). Matrices are
/// (out, in), y = W x, except W_readout[k] (in, out). No biases.
template <class Real>
struct LayerParameters {
  Tensor<Real> in_proj_weight;
  Tensor<Real> conv_weight;
  Tensor<Real> theta_raw;  // theta_d_raw in the release where M > 1
  Tensor<Real> w_int_raw;
  Tensor<Real> decay_slopes;   // absent where every head is an anchor
  Tensor<Real> anchor_slopes;  // absent without anchors
  Tensor<Real> score_scale;
  Tensor<Real> score_bias;
  Tensor<Real> phase_scale;
  Tensor<Real> gate_proj_weight;
  Tensor<Real> gated_norm_weight;
  Tensor<Real> W_readout;
  Tensor<Real> out_proj_weight;
};

/// Calls f(released name, shape, tensor) for every parameter that the configuration has: the one place where
/// names and shapes stand. `parameters` may be const.
template <class Parameters, class F>
void visit(const LayerConfig& c, Parameters& parameters, F f) {
  f("in_proj.weight", Shape{c.C(), c.D}, parameters.in_proj_weight);
  f("conv_weight", Shape{c.C(), 1, c.ck}, parameters.conv_weight);
  f(c.M == 1 ? "theta_raw" : "theta_d_raw", Shape{1, 1, c.K, c.H, c.M}, parameters.theta_raw);
  f("w_int_raw", Shape{1, 1, c.Kq, c.n(), c.H, c.M}, parameters.w_int_raw);
  if (c.decays() > 0) f("decay_slopes", Shape{c.decays()}, parameters.decay_slopes);
  if (c.anchors > 0) f("anchor_slopes", Shape{c.anchors}, parameters.anchor_slopes);
  f("score_scale", Shape{c.K}, parameters.score_scale);
  f("score_bias", Shape{c.K}, parameters.score_bias);
  f("phase_scale", Shape{c.K}, parameters.phase_scale);
  f("gate_proj.weight", Shape{2 * c.KH(), c.D}, parameters.gate_proj_weight);
  f("gated_norm.weight", Shape{2 * c.KH()}, parameters.gated_norm_weight);
  f("W_readout", Shape{c.K, 2 * c.H, 2 * c.E}, parameters.W_readout);
  f("out_proj.weight", Shape{c.D, c.K * c.E}, parameters.out_proj_weight);
}

/// Throws std::invalid_argument unless `tensor` has this shape.
template <class Real>
void require_shape(const std::string& name, const Shape& shape, const Tensor<Real>& tensor) {
  if (tensor.shape != shape || tensor.data.size() != volume(shape)) {
    std::string text;
    for (const std::size_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
    throw std::invalid_argument(name + ": expected shape [" + text + "]");
  }
}

/// Parameters taken from `source(prefix + name, shape)`, which returns a Tensor<Real> of that shape.
template <class Real, class Source>
LayerParameters<Real> read_layer_parameters(const LayerConfig& config, Source source,
                                            const std::string& prefix = {}) {
  LayerParameters<Real> parameters;
  visit(config, parameters, [&](const char* name, const Shape& shape, Tensor<Real>& tensor) {
    tensor = source(prefix + name, shape);
    require_shape(prefix + name, shape, tensor);
  });
  return parameters;
}

}  // namespace sca::reference
