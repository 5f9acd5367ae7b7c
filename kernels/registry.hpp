#pragma once

#include <span>

#include "kernels/operators/operators.hpp"
#include "kernels/plugin.h"

namespace sca::kernels {

/// The core operator's kernels that this machine can run, the plain ones first.
std::span<const sca_core_kernel* const> core_kernels();

/// Implementations of the other operators, the plain one first.
std::span<const Operators<float>* const> f32_operators();
std::span<const Operators<double>* const> f64_operators();

}  // namespace sca::kernels
