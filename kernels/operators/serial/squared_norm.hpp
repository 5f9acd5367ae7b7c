#pragma once

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

template <class Real>
void squared_norm(const SquaredNorm<Real>& call) {
  double sum = 0;
  for (std::int64_t i = 0; i < call.count; ++i) {
    const double x = call.x[i];
    sum += x * x;
  }
  *call.sum = sum;
}

}  // namespace sca::kernels::serial
