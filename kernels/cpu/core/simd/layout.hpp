#pragma once

#include <cstddef>

#include "kernels/plugin.h"

namespace sca::kernels::simd {

/// A head's numbers as vectors: channels are padded to whole vectors, and each of the M samples has a plane
/// of its own.
struct Layout {
  Layout(const sca_core_shape& shape, std::size_t vector_lanes)
      : H(static_cast<std::size_t>(shape.H)),
        M(static_cast<std::size_t>(shape.M)),
        lanes(vector_lanes),
        padded((H + lanes - 1) / lanes * lanes),
        plane(M * padded),
        state(2 * plane + lanes) {}

  std::size_t H, M, lanes;
  std::size_t padded;  // channels
  std::size_t plane;   // theta or omega, R or I: [M, padded]
  std::size_t state;   // R, I, and a vector with Z in its first lane
};

}  // namespace sca::kernels::simd
