#pragma once

#include <cstdint>
#include <span>

#include "kernels/plugin.h"

namespace sca::kernels::simd {

/// A kernel, and the Highway target that the machine must support.
struct Targeted {
  std::int64_t target;
  sca_core_kernel kernel;
};

std::span<const Targeted> kernels_of_floats();
std::span<const Targeted> kernels_of_doubles();

}  // namespace sca::kernels::simd
