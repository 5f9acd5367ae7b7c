#pragma once

#include "kernels/operators/operators.hpp"
#include "kernels/operators/serial/activation.hpp"

namespace sca::kernels::serial {

template <class Real, class Stored = Real>
void readout(const ReadoutForward<Real, Stored>& call) {
  const std::int64_t E = call.E;
  for (std::int64_t i = 0; i < call.rows * call.K; ++i) {
    const Real* v = call.v + i * call.width;
    const Stored* weight = call.weight + i % call.K * call.width * 2 * E;
    Real* both = call.both + i * 2 * E;
    for (std::int64_t e = 0; e < 2 * E; ++e) {
      Real sum = 0;
      for (std::int64_t j = 0; j < call.width; ++j) sum += v[j] * load(weight[j * 2 * E + e]);
      both[e] = sum;
    }
    for (std::int64_t e = 0; e < E; ++e)
      call.y[i * E + e] = both[e] * (call.silu ? silu(both[E + e]) : sigmoid(both[E + e]));
  }
}

/// The gradient by (a | b), [2 E].
template <class Real>
void gate_backward(const ReadoutBackward<Real>& call, const Real* both, const Real* y_gradient,
                   Real* both_gradient) {
  for (std::int64_t e = 0; e < call.E; ++e) {
    const Real a = both[e];
    const Real b = both[call.E + e];
    both_gradient[e] = y_gradient[e] * (call.silu ? silu(b) : sigmoid(b));
    both_gradient[call.E + e] = y_gradient[e] * a * (call.silu ? silu_slope(b) : sigmoid_slope(b));
  }
}

template <class Real>
void readout_backward(const ReadoutBackward<Real>& call) {
  const std::int64_t E = call.E;
  for (std::int64_t i = 0; i < call.rows * call.K; ++i) {
    const std::int64_t head = i % call.K * call.width * 2 * E;
    Real* both_gradient = call.both_gradient + i * 2 * E;
    gate_backward(call, call.both + i * 2 * E, call.y_gradient + i * E, both_gradient);
    for (std::int64_t j = 0; j < call.width; ++j) {
      const Real* weight = call.weight + head + j * 2 * E;
      Real* weight_gradient = call.weight_gradient + head + j * 2 * E;
      Real sum = 0;
      for (std::int64_t e = 0; e < 2 * E; ++e) {
        sum += both_gradient[e] * weight[e];
        weight_gradient[e] += both_gradient[e] * call.v[i * call.width + j];
      }
      call.v_gradient[i * call.width + j] = sum;
    }
  }
}

}  // namespace sca::kernels::serial
