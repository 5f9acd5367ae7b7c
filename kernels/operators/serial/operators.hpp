#pragma once

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

/// The plain implementation: the anchor of the others.
const Operators<float>& f32_operators();
const Operators<double>& f64_operators();

}  // namespace sca::kernels::serial
