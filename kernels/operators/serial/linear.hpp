#pragma once

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

template <class Real, class Stored = Real>
void linear(const LinearForward<Real, Stored>& call) {
  for (std::int64_t i = 0; i < call.rows; ++i) {
    for (std::int64_t j = 0; j < call.out; ++j) {
      Real sum = call.bias == nullptr ? Real(0) : call.bias[j];
      for (std::int64_t k = 0; k < call.in; ++k)
        sum += call.x[i * call.in + k] * load(call.weight[j * call.in + k]);
      Real& y = call.y[i * call.out + j];
      y = call.adds ? y + sum : sum;
    }
  }
}

template <class Real>
void linear_by_input(const LinearByInput<Real>& call) {
  for (std::int64_t i = 0; i < call.rows; ++i) {
    for (std::int64_t k = 0; k < call.in; ++k) {
      Real sum = 0;
      for (std::int64_t j = 0; j < call.out; ++j)
        sum += call.y_gradient[i * call.out + j] * call.weight[j * call.in + k];
      Real& x = call.x_gradient[i * call.in + k];
      x = call.adds ? x + sum : sum;
    }
  }
}

template <class Real>
void linear_by_parameters(const LinearByParameters<Real>& call) {
  for (std::int64_t j = 0; j < call.out; ++j) {
    for (std::int64_t k = 0; k < call.in; ++k) {
      Real sum = 0;
      for (std::int64_t i = 0; i < call.rows; ++i)
        sum += call.y_gradient[i * call.out + j] * call.x[i * call.in + k];
      call.weight_gradient[j * call.in + k] += sum;
    }
    if (call.bias_gradient == nullptr) continue;
    Real sum = 0;
    for (std::int64_t i = 0; i < call.rows; ++i) sum += call.y_gradient[i * call.out + j];
    call.bias_gradient[j] += sum;
  }
}

}  // namespace sca::kernels::serial
