#include "evidence/networks/sizes.hpp"

#include <limits>

namespace sca::evidence::networks {
namespace {

std::int64_t size(std::size_t n) { return static_cast<std::int64_t>(n); }

}  // namespace

sca::kernels::LayerSizes sizes_of(const reference::LayerConfig& c) {
  return {.D = size(c.D),
          .K = size(c.K),
          .Kq = size(c.Kq),
          .H = size(c.H),
          .M = size(c.M),
          .ck = size(c.ck),
          .anchors = size(c.anchors),
          .E = size(c.E),
          .maxlen = size(c.maxlen.value_or(0))};
}

sca::kernels::TransformerSizes sizes_of(const reference::BlockConfig& c) {
  return {.D = size(c.D),
          .heads = size(c.num_heads),
          .kv_heads = size(c.num_kv_heads),
          .d_ff = size(c.d_ff),
          .maxlen = size(c.maxlen),
          .normalises = c.qk_norm,
          .ck = size(c.ck)};
}

sca::kernels::NetworkSizes sizes_of(const reference::ModelConfig& c) {
  return {.vocab = size(c.vocab),
          .blocks = size(c.num_layers),
          .ratio = size(c.ratio),
          .layer = sizes_of(c.layer),
          .transformer = sizes_of(c.block),
          .shift = size(c.shift)};
}

sca::kernels::Rules rules_of(const reference::Dialect& d) {
  using reference::Dialect;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double linear_above = d.softplus_switch.value_or(infinity);
  return {.grid = {.theta_is_bounded = d.theta == Dialect::Theta::bounded,
                   .theta_floor = d.theta_floor,
                   .theta_span = d.theta_span,
                   .theta_increment = d.theta_increment,
                   .omega_is_normalised = d.omega == Dialect::Omega::normalised,
                   .omega_epsilon = d.omega_epsilon,
                   .softplus_switch = linear_above},
          .weight_low = d.weight_clamp ? d.weight_clamp->low : 0,
          .weight_high = d.weight_clamp ? d.weight_clamp->high : infinity,
          .softplus_switch = linear_above,
          .weight_floor = d.denominator_floor.value_or(0),
          .saturate_distance = d.saturate_distance,
          .recursive_decay = d.step_decay == Dialect::StepDecay::recursive,
          .over_root_h = d.readout_over_root_h,
          .inner_product_phase = d.phase == Dialect::Phase::inner_product,
          .plain_summary = d.summary == Dialect::Summary::plain,
          .unnormalised = !d.is_normalised,
          .step_origin = d.step_origin,
          .gate_after = d.gate == Dialect::Gate::after_norm,
          .silu_readout = d.readout == Dialect::Readout::silu,
          .norm_epsilon = d.norm_epsilon};
}

}  // namespace sca::evidence::networks
