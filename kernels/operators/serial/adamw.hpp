#pragma once

#include <cmath>

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

template <class Real>
void adamw(const AdamW<Real>& call) {
  const auto step = static_cast<double>(call.step);
  const Real scale = static_cast<Real>(call.scale);
  const Real beta1 = static_cast<Real>(call.beta1);
  const Real beta2 = static_cast<Real>(call.beta2);
  const Real rise1 = static_cast<Real>(1 - call.beta1);
  const Real rise2 = static_cast<Real>(1 - call.beta2);
  const Real keep = static_cast<Real>(1 - call.rate * call.decay);
  const Real rate = static_cast<Real>(call.rate / (1 - std::pow(call.beta1, step)));
  const Real root = static_cast<Real>(std::sqrt(1 - std::pow(call.beta2, step)));
  const Real epsilon = static_cast<Real>(call.epsilon);
  for (std::int64_t i = 0; i < call.count; ++i) {
    const Real gradient = scale * call.gradient[i];
    const Real m = beta1 * call.m[i] + rise1 * gradient;
    const Real v = beta2 * call.v[i] + rise2 * gradient * gradient;
    call.m[i] = m;
    call.v[i] = v;
    call.p[i] = keep * call.p[i] - rate * (m / (std::sqrt(v) / root + epsilon));
  }
}

}  // namespace sca::kernels::serial
