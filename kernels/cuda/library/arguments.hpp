#pragma once

#include <cstdint>

namespace sca::kernels::cuda {

/// y[i] = f(x[i]), i < count. Pointers are to device memory.
struct LibraryArguments {
  const float* x;
  float* y;
  std::int32_t count;
};

}  // namespace sca::kernels::cuda
