#pragma once

#include "kernels/operators/operators.hpp"
#include "kernels/operators/serial/activation.hpp"

namespace sca::kernels::serial {

template <class Real>
void swiglu(const SwigluForward<Real>& call) {
  const std::int64_t width = call.width;
  for (std::int64_t row = 0; row < call.rows; ++row) {
    const Real* both = call.both + row * 2 * width;
    for (std::int64_t i = 0; i < width; ++i) call.h[row * width + i] = both[i] * silu(both[width + i]);
  }
}

template <class Real>
void swiglu_backward(const SwigluBackward<Real>& call) {
  const std::int64_t width = call.width;
  for (std::int64_t row = 0; row < call.rows; ++row) {
    const Real* both = call.both + row * 2 * width;
    Real* both_gradient = call.both_gradient + row * 2 * width;
    for (std::int64_t i = 0; i < width; ++i) {
      const Real by_h = call.h_gradient[row * width + i];
      both_gradient[i] = by_h * silu(both[width + i]);
      both_gradient[width + i] = by_h * both[i] * silu_slope(both[width + i]);
    }
  }
}

}  // namespace sca::kernels::serial
