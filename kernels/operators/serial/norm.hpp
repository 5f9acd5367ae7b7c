#pragma once

#include <cmath>

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

/// sqrt(mean x^2 + epsilon) over x(0) ... x(n - 1)
template <class Real, class X>
Real root_mean_square(std::int64_t n, double epsilon, X x) {
  Real sum = 0;
  for (std::int64_t i = 0; i < n; ++i) sum += x(i) * x(i);
  return std::sqrt(sum / static_cast<Real>(n) + static_cast<Real>(epsilon));
}

/// The gradient by x(i) where that by x(i) / root is g(i): write(i, (g_i - x_i / root mean(g x / root)) /
/// root).
template <class Real, class X, class G, class Write>
void normalise_backward(std::int64_t n, Real root, X x, G g, Write write) {
  Real sum = 0;
  for (std::int64_t i = 0; i < n; ++i) sum += g(i) * (x(i) / root);
  const Real mean = sum / static_cast<Real>(n);
  for (std::int64_t i = 0; i < n; ++i) write(i, (g(i) - x(i) / root * mean) / root);
}

template <class Real>
void norm(const NormForward<Real>& call) {
  for (std::int64_t row = 0; row < call.rows; ++row) {
    const auto x = [&](std::int64_t i) { return call.x[row * call.width + i]; };
    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    for (std::int64_t i = 0; i < call.width; ++i) call.y[row * call.width + i] = x(i) / root * call.gain[i];
  }
}

template <class Real>
void norm_backward(const NormBackward<Real>& call) {
  for (std::int64_t row = 0; row < call.rows; ++row) {
    const std::int64_t first = row * call.width;
    const auto x = [&](std::int64_t i) { return call.x[first + i]; };
    const auto g = [&](std::int64_t i) { return call.y_gradient[first + i] * call.gain[i]; };
    const Real root = root_mean_square<Real>(call.width, call.epsilon, x);
    normalise_backward(call.width, root, x, g, [&](std::int64_t i, Real by_x) {
      Real& gradient = call.x_gradient[first + i];
      gradient = call.adds ? gradient + by_x : by_x;
    });
    for (std::int64_t i = 0; i < call.width; ++i)
      call.gain_gradient[i] += call.y_gradient[first + i] * (x(i) / root);
  }
}

}  // namespace sca::kernels::serial
