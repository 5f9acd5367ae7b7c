#pragma once

#include <cmath>

namespace sca::kernels::serial {

/// 1 / (1 + e^-x). Overflow of e^-x is harmless: the quotient is then 0.
template <class Real>
Real sigmoid(Real x) {
  return Real(1) / (Real(1) + std::exp(-x));
}

template <class Real>
Real sigmoid_slope(Real x) {
  const Real y = sigmoid(x);
  return y * (Real(1) - y);
}

template <class Real>
Real silu(Real x) {
  return x * sigmoid(x);
}

template <class Real>
Real silu_slope(Real x) {
  return sigmoid(x) + x * sigmoid_slope(x);
}

/// The gradient by x where that by softplus(x) is g. Neither g sigmoid(x), which is 0 where e^-x overflows,
/// nor g / (1 + e^-x), which is rounded three times where the derivative is nearly 1.
template <class Real>
Real softplus_backward(Real x, Real linear_above, Real g) {
  if (x > linear_above) return g;
  const Real fall = std::exp(-std::abs(x));
  const Real below = g * (fall / (Real(1) + fall));
  return x < 0 ? below : g - below;
}

}  // namespace sca::kernels::serial
