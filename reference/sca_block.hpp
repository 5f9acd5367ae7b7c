#pragma once

#include "reference/layer_step.hpp"

namespace sca::reference {

/// x + SCA(RMSNorm(x)).
template <class Real>
struct ScaBlock {
  Layer<Real> attn;
  Tensor<Real> norm_scale;  // [D]
};

/// Calls f(released name, shape, tensor) for every parameter of the block.
template <class Block, class F>
void visit_block(const LayerConfig& c, Block& block, F f) {
  f("norm.scale", Shape{c.D}, block.norm_scale);
  visit(c, block.attn.parameters, [&](const char* name, const Shape& shape, auto& tensor) {
    f(std::string("attn.") + name, shape, tensor);
  });
}

/// Parameters taken from `source(prefix + name, shape)`.
template <class Real, class Source>
ScaBlock<Real> read_sca_block(const LayerConfig& c, const Dialect& dialect, Source source,
                              const std::string& prefix = {}) {
  Tensor<Real> scale = source(prefix + "norm.scale", Shape{c.D});
  require_shape(prefix + "norm.scale", {c.D}, scale);
  return {make_layer(c, dialect, read_layer_parameters<Real>(c, source, prefix + "attn.")), std::move(scale)};
}

/// RMSNorm of every token, with the block's gain. shape: x […, D]
template <class Real>
Tensor<Real> pre_norm(const ScaBlock<Real>& block, Tensor<Real> x) {
  const std::size_t D = block.attn.config.D;
  for (std::size_t i = 0; i < x.data.size() / D; ++i) {
    rms_norm<Real>(x.row(i, D), block.norm_scale.data, block.attn.dialect.norm_epsilon);
  }
  return x;
}

/// The layer's intermediates are those of the normalised input; `out` has the residual. A dialect whose steps
/// decay recursively runs in that form, so that `final_state` is what a step carries.
/// shape    x [B, L, D]
/// source   paper section 2.1; section 2.3
template <class Real>
LayerTrace<Real> forward(const ScaBlock<Real>& block, const Tensor<Real>& x) {
  const bool recursive = block.attn.dialect.step_decay == Dialect::StepDecay::recursive;
  const Tensor<Real> y = pre_norm(block, x);
  LayerTrace<Real> trace = recursive ? forward_recursive(block.attn, y) : forward(block.attn, y);
  add<Real>(trace.out.data, x.data);
  return trace;
}

/// shape    x [B, D] -> [B, D]
template <class Real>
Tensor<Real> step(const ScaBlock<Real>& block, const Tensor<Real>& x, LayerState<Real>& state) {
  Tensor<Real> out = step(block.attn, pre_norm(block, x), state);
  add<Real>(out.data, x.data);
  return out;
}

}  // namespace sca::reference
