#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/cpu/core/serial/backward.hpp"

namespace sca::kernels::serial {

inline std::int64_t depth(sca_operation operation, const sca_core_shape* shape) {
  if (operation == SCA_BACKWARD) return shape->B * shape->L * shape->H * shape->M + shape->K;
  return std::max(shape->L, shape->M);
}

// glibc's sin, cos, exp, log and log1p are within an ulp: u for results in [-1, 1], at most 2 u |f| for
// others.
inline constexpr sca_arithmetic binary64{0x1p-53, 1, 2, 2, 0x1p-1074, 0x1.fffffffffffffp1023, depth};
inline constexpr sca_arithmetic binary32{0x1p-24, 1, 2, 2, 0x1p-150, 0x1.fffffep127, depth};

template <class Stored>
std::size_t workspace_bytes(sca_operation operation, const sca_core_shape* shape, std::int32_t) {
  using Real = RealOf<Stored>;
  if (operation == SCA_BACKWARD) return Workspace<Real>::bytes(*shape);
  return static_cast<std::size_t>(1 + 2 * shape->H * shape->M) * sizeof(Real);
}

template <class Stored>
constexpr sca_core_kernel kernel(const char* name) {
  return {name,
          dtype_of<Stored>,
          dtype_of<Stored> == SCA_F64 ? &binary64 : &binary32,
          workspace_bytes<Stored>,
          forward<Stored>,
          forward<Stored>,
          backward<Stored>};
}

}  // namespace sca::kernels::serial
