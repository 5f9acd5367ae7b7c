#include "kernels/cuda/host/operators.hpp"

#include "kernels/cuda/host/copies.hpp"
#include "kernels/cuda/operators/launches.hpp"

namespace sca::kernels::cuda {
namespace {

std::size_t reals(std::int64_t count) { return static_cast<std::size_t>(count) * sizeof(float); }

/// A call's tensors on the runner.
class Tensors {
 public:
  explicit Tensors(Runner& runner) : copies_(runner) {}

  const float* in(const float* host, std::int64_t count, const char* name) {
    return static_cast<const float*>(copies_.input(host, reals(count), name));
  }
  float* out(float* host, std::int64_t count, const char* name) {
    return static_cast<float*>(copies_.result(host, reals(count), name));
  }
  void* workspace(std::size_t bytes) { return copies_.workspace(bytes); }
  void bring_back() const { copies_.bring_back(); }

 private:
  Copies copies_;
};

Gate gate_of(bool is_after) { return is_after ? Gate::after : Gate::before; }

}  // namespace

// Sums and products of floats alone. The exponential is the vector kernels' with fused products, to the bit,
// and declared alike.
const sca_arithmetic operators_arithmetic{0x1p-24, 5.0, 1.6, 2.1, 0x1p-150, 0x1.fffffep127, nullptr};

void run_on(Runner& runner, const NormForward<float>& call) {
  const std::int64_t count = call.rows * call.width;
  Tensors t(runner);
  norm({call.rows, static_cast<std::int32_t>(call.width), 0, static_cast<float>(call.epsilon),
        t.in(call.x, count, "x"), nullptr, t.in(call.gain, call.width, "gain"), t.out(call.y, count, "y")},
       Gate::none, SCA_F32, runner);
  t.bring_back();
}

void run_on(Runner& runner, const GatedNormForward<float>& call) {
  const std::int64_t count = call.rows * call.width;
  Tensors t(runner);
  norm({call.rows, static_cast<std::int32_t>(call.width), 0, static_cast<float>(call.epsilon),
        t.in(call.o, count, "o"), t.in(call.gate, count, "gate"), t.in(call.gain, call.width, "gain"),
        t.out(call.v, count, "v")},
       gate_of(call.gate_after), SCA_F32, runner);
  t.bring_back();
}

void run_on(Runner& runner, const NormBackward<float>& call) {
  const std::int64_t count = call.rows * call.width;
  Tensors t(runner);
  norm_backward({call.rows, static_cast<std::int32_t>(call.width), 0, static_cast<float>(call.epsilon),
                 call.adds, t.in(call.x, count, "x"), nullptr, t.in(call.gain, call.width, "gain"),
                 t.in(call.y_gradient, count, "y's gradient"), t.out(call.x_gradient, count, "x's gradient"),
                 nullptr, nullptr},
                Gate::none, t.out(call.gain_gradient, call.width, "gain's gradient"),
                t.workspace(norm_backward_workspace(call.rows, call.width)), SCA_F32, runner);
  t.bring_back();
}

void run_on(Runner& runner, const GatedNormBackward<float>& call) {
  const std::int64_t count = call.rows * call.width;
  Tensors t(runner);
  norm_backward(
      {call.rows, static_cast<std::int32_t>(call.width), 0, static_cast<float>(call.epsilon), false,
       t.in(call.o, count, "o"), t.in(call.gate, count, "gate"), t.in(call.gain, call.width, "gain"),
       t.in(call.v_gradient, count, "v's gradient"), t.out(call.o_gradient, count, "o's gradient"),
       t.out(call.gate_gradient, count, "gate's gradient"), nullptr},
      gate_of(call.gate_after), t.out(call.gain_gradient, call.width, "gain's gradient"),
      t.workspace(norm_backward_workspace(call.rows, call.width)), SCA_F32, runner);
  t.bring_back();
}

void run_on(Runner& runner, const MixForward<float>& call) {
  const std::int64_t count = call.B * call.L * call.C;
  Tensors t(runner);
  mix({{call.B, call.L, call.C, call.ck},
       t.in(call.u, count, "u"),
       t.in(call.conv_weight, call.C * call.ck, "weight"),
       t.out(call.z, count, "z"),
       call.state == nullptr ? nullptr : t.out(call.state, call.B * (call.ck - 1) * call.C, "state")},
      SCA_F32, runner);
  t.bring_back();
}

void run_on(Runner& runner, const MixBackward<float>& call) {
  const MixShape shape{call.B, call.L, call.C, call.ck};
  const std::int64_t count = call.B * call.L * call.C;
  Tensors t(runner);
  mix_backward({shape, t.in(call.u, count, "u"), t.in(call.conv_weight, call.C * call.ck, "weight"),
                t.in(call.z_gradient, count, "z's gradient"), t.out(call.u_gradient, count, "u's gradient"),
                nullptr, nullptr},
               t.out(call.conv_gradient, call.C * call.ck, "weight's gradient"),
               t.workspace(mix_backward_workspace(shape)), SCA_F32, runner);
  t.bring_back();
}

void run_on(Runner& runner, const SwigluForward<float>& call) {
  const std::int64_t count = call.rows * call.width;
  Tensors t(runner);
  glu({call.rows, call.width, t.in(call.both, 2 * count, "both"), t.out(call.h, count, "h")}, true, SCA_F32,
      runner);
  t.bring_back();
}

void run_on(Runner& runner, const SwigluBackward<float>& call) {
  const std::int64_t count = call.rows * call.width;
  Tensors t(runner);
  glu_backward(
      {call.rows, call.width, t.in(call.both, 2 * count, "both"),
       t.in(call.h_gradient, count, "h's gradient"), t.out(call.both_gradient, 2 * count, "both's gradient")},
      true, SCA_F32, runner);
  t.bring_back();
}

}  // namespace sca::kernels::cuda
