#pragma once

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

template <class Real>
void accumulate(const Accumulate<Real>& call) {
  for (std::int64_t i = 0; i < call.count; ++i) call.sum[i] += call.x[i];
}

}  // namespace sca::kernels::serial
