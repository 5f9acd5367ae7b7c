#pragma once

#include <string>

#include "reference/block_config.hpp"
#include "reference/layer_parameters.hpp"

namespace sca::reference {

/// The parameters of a transformer block, under the released names (the convolution, which no released block
/// has, under the SCA layer's). Matrices are (out, in).
template <class Real>
struct BlockParameters {
  Tensor<Real> norm1_scale;
  Tensor<Real> conv_weight;
  Tensor<Real> q_proj_weight;
  Tensor<Real> k_proj_weight;
  Tensor<Real> v_proj_weight;
  Tensor<Real> out_proj_weight;
  Tensor<Real> norm2_scale;
  Tensor<Real> ff_in_weight;
  Tensor<Real> ff_in_bias;
  Tensor<Real> ff_out_weight;
  Tensor<Real> ff_out_bias;
};

/// Calls f(released name, shape, tensor) for every parameter. `parameters` may be const.
template <class Parameters, class F>
void visit(const BlockConfig& c, Parameters& parameters, F f) {
  f("norm1.scale", Shape{c.D}, parameters.norm1_scale);
  if (c.ck > 0) f("attn.conv_weight", Shape{c.D, 1, c.ck}, parameters.conv_weight);
  f("attn.q_proj.weight", Shape{c.D, c.D}, parameters.q_proj_weight);
  f("attn.k_proj.weight", Shape{c.kv(), c.D}, parameters.k_proj_weight);
  f("attn.v_proj.weight", Shape{c.kv(), c.D}, parameters.v_proj_weight);
  f("attn.out_proj.weight", Shape{c.D, c.D}, parameters.out_proj_weight);
  f("norm2.scale", Shape{c.D}, parameters.norm2_scale);
  f("ff_in.weight", Shape{2 * c.d_ff, c.D}, parameters.ff_in_weight);
  f("ff_in.bias", Shape{2 * c.d_ff}, parameters.ff_in_bias);
  f("ff_out.weight", Shape{c.D, c.d_ff}, parameters.ff_out_weight);
  f("ff_out.bias", Shape{c.D}, parameters.ff_out_bias);
}

/// Parameters taken from `source(prefix + name, shape)`, which returns a Tensor<Real> of that shape.
template <class Real, class Source>
BlockParameters<Real> read_block_parameters(const BlockConfig& config, Source source,
                                            const std::string& prefix = {}) {
  BlockParameters<Real> parameters;
  visit(config, parameters, [&](const char* name, const Shape& shape, Tensor<Real>& tensor) {
    tensor = source(prefix + name, shape);
    require_shape(prefix + name, shape, tensor);
  });
  return parameters;
}

}  // namespace sca::reference
