#include "kernels/cuda/host/mirror.hpp"

namespace sca::kernels::cuda {

void mirror(LinearForward<float>& c, Mirror& m) {
  m.in(c.x, c.rows * c.in);
  m.in(c.weight, c.out * c.in);
  if (c.bias != nullptr) m.in(c.bias, c.out);
  m.out(c.y, c.rows * c.out);
}
void mirror(LinearByInput<float>& c, Mirror& m) {
  m.in(c.weight, c.out * c.in);
  m.in(c.y_gradient, c.rows * c.out);
  m.out(c.x_gradient, c.rows * c.in);
}
void mirror(LinearByParameters<float>& c, Mirror& m) {
  m.in(c.x, c.rows * c.in);
  m.in(c.y_gradient, c.rows * c.out);
  m.out(c.weight_gradient, c.out * c.in);
  m.out(c.bias_gradient, c.out);
}
void mirror(GridForward<float>& c, Mirror& m) {
  const std::int64_t nodes = c.K * c.H * c.M;
  m.in(c.theta_raw, nodes);
  m.in(c.omega_raw, nodes);
  m.in(c.decay_slopes, c.K - c.anchors);
  m.in(c.anchor_slopes, c.anchors);
  m.out(c.theta, nodes);
  m.out(c.omega, nodes);
  m.out(c.rate, c.K);
}
void mirror(GridBackward<float>& c, Mirror& m) {
  const std::int64_t nodes = c.K * c.H * c.M;
  m.in(c.theta_raw, nodes);
  m.in(c.omega_raw, nodes);
  m.in(c.decay_slopes, c.K - c.anchors);
  m.in(c.anchor_slopes, c.anchors);
  m.in(c.theta_gradient, nodes);
  m.in(c.omega_gradient, nodes);
  m.in(c.rate_gradient, c.K);
  m.out(c.theta_raw_gradient, nodes);
  m.out(c.omega_raw_gradient, nodes);
  m.out(c.decay_slopes_gradient, c.K - c.anchors);
  m.out(c.anchor_slopes_gradient, c.anchors);
}
void mirror(MixForward<float>& c, Mirror& m) {
  m.stored_in(c.u, c.B * c.L * c.C);
  m.in(c.conv_weight, c.C * c.ck);
  m.stored_out(c.z, c.B * c.L * c.C);
  m.stored_out(c.state, c.B * (c.ck - 1) * c.C);
}
void mirror(MixBackward<float>& c, Mirror& m) {
  m.stored_in(c.u, c.B * c.L * c.C);
  m.in(c.conv_weight, c.C * c.ck);
  m.stored_in(c.z_gradient, c.B * c.L * c.C);
  m.stored_out(c.u_gradient, c.B * c.L * c.C);
  m.out(c.conv_gradient, c.C * c.ck);
}
void mirror(GatedNormForward<float>& c, Mirror& m) {
  m.stored_in(c.o, c.rows * c.width);
  m.stored_in(c.gate, c.rows * c.width);
  m.in(c.gain, c.width);
  m.stored_out(c.v, c.rows * c.width);
}
void mirror(GatedNormBackward<float>& c, Mirror& m) {
  m.stored_in(c.o, c.rows * c.width);
  m.stored_in(c.gate, c.rows * c.width);
  m.in(c.gain, c.width);
  m.stored_in(c.v_gradient, c.rows * c.width);
  m.stored_out(c.o_gradient, c.rows * c.width);
  m.stored_out(c.gate_gradient, c.rows * c.width);
  m.out(c.gain_gradient, c.width);
}
void mirror(ReadoutForward<float>& c, Mirror& m) {
  m.in(c.v, c.rows * c.K * c.width);
  m.in(c.weight, c.K * c.width * 2 * c.E);
  m.out(c.both, c.rows * c.K * 2 * c.E);
  m.out(c.y, c.rows * c.K * c.E);
}
void mirror(ReadoutBackward<float>& c, Mirror& m) {
  m.in(c.v, c.rows * c.K * c.width);
  m.in(c.weight, c.K * c.width * 2 * c.E);
  m.in(c.both, c.rows * c.K * 2 * c.E);
  m.in(c.y_gradient, c.rows * c.K * c.E);
  m.out(c.both_gradient, c.rows * c.K * 2 * c.E);
  m.out(c.v_gradient, c.rows * c.K * c.width);
  m.out(c.weight_gradient, c.K * c.width * 2 * c.E);
}
void mirror(NormForward<float>& c, Mirror& m) {
  m.stored_in(c.x, c.rows * c.width);
  m.in(c.gain, c.width);
  m.stored_out(c.y, c.rows * c.width);
}
void mirror(NormBackward<float>& c, Mirror& m) {
  m.stored_in(c.x, c.rows * c.width);
  m.in(c.gain, c.width);
  m.stored_in(c.y_gradient, c.rows * c.width);
  m.stored_out(c.x_gradient, c.rows * c.width);
  m.out(c.gain_gradient, c.width);
}
void mirror(SwigluForward<float>& c, Mirror& m) {
  m.stored_in(c.both, 2 * c.rows * c.width);
  m.stored_out(c.h, c.rows * c.width);
}
void mirror(SwigluBackward<float>& c, Mirror& m) {
  m.stored_in(c.both, 2 * c.rows * c.width);
  m.stored_in(c.h_gradient, c.rows * c.width);
  m.stored_out(c.both_gradient, 2 * c.rows * c.width);
}
void mirror(Accumulate<float>& c, Mirror& m) {
  m.in(c.x, c.count);
  m.out(c.sum, c.count);
}

}  // namespace sca::kernels::cuda
