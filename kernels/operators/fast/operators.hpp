#pragma once

#include <span>

#include "kernels/operators/operators.hpp"

namespace sca::kernels::fast {

/// The operators in vectors and threads, a table for each SIMD target that this machine has, the widest last.
/// How sums are cut is fixed by sizes, so that the number of threads changes no bit.
std::span<const Operators<float>* const> f32_operators();

}  // namespace sca::kernels::fast
