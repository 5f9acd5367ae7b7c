#pragma once

#include "kernels/operators/operators.hpp"
#include "kernels/operators/serial/activation.hpp"
#include "kernels/operators/serial/norm.hpp"

namespace sca::kernels::serial {

template <class Real>
void gated_norm(const GatedNormForward<Real>& call) {
  for (std::int64_t row = 0; row < call.rows; ++row) {
    const std::int64_t first = row * call.width;
    const auto factor = [&](std::int64_t i) { return silu(call.gate[first + i]); };
    const auto x = [&](std::int64_t i) {
      return call.gate_after ? call.o[first + i] : call.o[first + i] * factor(i);
    };
    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    for (std::int64_t i = 0; i < call.width; ++i) {
      const Real y = x(i) / root * call.gain[i];
      call.v[first + i] = call.gate_after ? y * factor(i) : y;
    }
  }
}

/// x = o silu(g), y = x / root gain
template <class Real>
void gate_before_backward(const GatedNormBackward<Real>& call, std::int64_t first) {
  const auto x = [&](std::int64_t i) { return call.o[first + i] * silu(call.gate[first + i]); };
  const auto g = [&](std::int64_t i) { return call.v_gradient[first + i] * call.gain[i]; };
  const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
  normalise_backward(call.width, root, x, g, [&](std::int64_t i, Real by_x) {
    call.o_gradient[first + i] = by_x * silu(call.gate[first + i]);
    call.gate_gradient[first + i] = by_x * call.o[first + i] * silu_slope(call.gate[first + i]);
  });
  for (std::int64_t i = 0; i < call.width; ++i)
    call.gain_gradient[i] += call.v_gradient[first + i] * (x(i) / root);
}

/// y = o / root gain, v = y silu(g)
template <class Real>
void gate_after_backward(const GatedNormBackward<Real>& call, std::int64_t first) {
  const auto o = [&](std::int64_t i) { return call.o[first + i]; };
  const auto by_y = [&](std::int64_t i) { return call.v_gradient[first + i] * silu(call.gate[first + i]); };
  const Real root = root_mean_square<Real>(call.width, call.epsilon, o);
  normalise_backward(
      call.width, root, o, [&](std::int64_t i) { return by_y(i) * call.gain[i]; },
      [&](std::int64_t i, Real by_o) { call.o_gradient[first + i] = by_o; });
  for (std::int64_t i = 0; i < call.width; ++i) {
    const Real y = o(i) / root * call.gain[i];
    call.gate_gradient[first + i] = call.v_gradient[first + i] * y * silu_slope(call.gate[first + i]);
    call.gain_gradient[i] += by_y(i) * (o(i) / root);
  }
}

template <class Real>
void gated_norm_backward(const GatedNormBackward<Real>& call) {
  for (std::int64_t row = 0; row < call.rows; ++row) {
    if (call.gate_after) {
      gate_after_backward(call, row * call.width);
    } else {
      gate_before_backward(call, row * call.width);
    }
  }
}

}  // namespace sca::kernels::serial
