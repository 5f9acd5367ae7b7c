#include "kernels/cuda/operators/calls.hpp"

#include "kernels/cuda/operators/launches.hpp"
#include "kernels/cuda/operators/start.hpp"

namespace sca::kernels::cuda {
namespace {

Gate gate_of(bool is_after) { return is_after ? Gate::after : Gate::before; }

GridMaps maps_of(const GridRules& rules) {
  return {.theta_is_bounded = rules.theta_is_bounded,
          .omega_is_normalised = rules.omega_is_normalised,
          .theta_floor = static_cast<float>(rules.theta_floor),
          .theta_span = static_cast<float>(rules.theta_span),
          .theta_increment = static_cast<float>(rules.theta_increment),
          .omega_epsilon = static_cast<float>(rules.omega_epsilon),
          .softplus_switch = static_cast<float>(rules.softplus_switch)};
}

std::int32_t narrow(std::int64_t width) { return static_cast<std::int32_t>(width); }

}  // namespace

// Sums and products of floats alone. The exponential is the vector kernels' with fused products, to the bit,
// and declared alike.
const sca_arithmetic operators_arithmetic{0x1p-24, 5.0, 1.6, 2.1, 0x1p-150, 0x1.fffffep127, nullptr};

void run(const GridForward<float>& c, const Place& place) {
  grid({{c.K, c.H, c.M, c.anchors},
        maps_of(c.rules),
        c.theta_raw,
        c.omega_raw,
        c.decay_slopes,
        c.anchor_slopes,
        c.theta,
        c.omega,
        c.rate},
       place.launcher);
}

void run(const GridBackward<float>& c, const Place& place) {
  grid_backward({{c.K, c.H, c.M, c.anchors},
                 maps_of(c.rules),
                 c.theta_raw,
                 c.omega_raw,
                 c.decay_slopes,
                 c.anchor_slopes,
                 c.theta_gradient,
                 c.omega_gradient,
                 c.rate_gradient,
                 c.theta_raw_gradient,
                 c.omega_raw_gradient,
                 c.decay_slopes_gradient,
                 c.anchor_slopes_gradient},
                place.launcher);
}

void run(const NormForward<float>& c, const Place& place) {
  norm({c.rows, narrow(c.width), 0, static_cast<float>(c.epsilon), c.x, nullptr, c.gain, c.y}, Gate::none,
       place.storage, place.launcher);
}

void run(const GatedNormForward<float>& c, const Place& place) {
  norm({c.rows, narrow(c.width), 0, static_cast<float>(c.epsilon), c.o, c.gate, c.gain, c.v},
       gate_of(c.gate_after), place.storage, place.launcher);
}

void run(const NormBackward<float>& c, const Place& place) {
  norm_backward({c.rows, narrow(c.width), 0, static_cast<float>(c.epsilon), c.adds, c.x, nullptr, c.gain,
                 c.y_gradient, c.x_gradient, nullptr, nullptr},
                Gate::none, c.gain_gradient, place.scratch.take(norm_backward_workspace(c.rows, c.width)),
                place.storage, place.launcher);
}

void run(const GatedNormBackward<float>& c, const Place& place) {
  norm_backward({c.rows, narrow(c.width), 0, static_cast<float>(c.epsilon), false, c.o, c.gate, c.gain,
                 c.v_gradient, c.o_gradient, c.gate_gradient, nullptr},
                gate_of(c.gate_after), c.gain_gradient,
                place.scratch.take(norm_backward_workspace(c.rows, c.width)), place.storage, place.launcher);
}

void run(const MixForward<float>& c, const Place& place) {
  mix({{c.B, c.L, c.C, c.ck}, c.u, c.conv_weight, c.z, c.state}, place.storage, place.launcher);
}

void run(const MixBackward<float>& c, const Place& place) {
  const MixShape shape{c.B, c.L, c.C, c.ck};
  mix_backward({shape, c.u, c.conv_weight, c.z_gradient, c.u_gradient, nullptr}, c.conv_gradient,
               place.scratch.take(mix_backward_workspace(shape)), place.storage, place.launcher);
}

void run(const SwigluForward<float>& c, const Place& place) {
  glu({c.rows, c.width, c.both, c.h}, true, place.storage, place.launcher);
}

void run(const SwigluBackward<float>& c, const Place& place) {
  glu_backward({c.rows, c.width, c.both, c.h_gradient, c.both_gradient}, true, place.storage, place.launcher);
}

void run(const Accumulate<float>& c, const Place& place) {
  start_sums(place.launcher, {1, c.count, c.x, c.sum});
}

}  // namespace sca::kernels::cuda
