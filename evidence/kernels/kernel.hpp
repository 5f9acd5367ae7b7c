#pragma once

#include <string_view>
#include <variant>

#include "evidence/operators/definition.hpp"

namespace sca::evidence::kernels {

/// One operator of an implementation.
struct OperatorKernel {
  const operators::Definition* definition;
  std::variant<const sca::kernels::Operators<float>*, const sca::kernels::Operators<double>*> table;
};

/// What properties are put to: a kernel of the core operator, or another operator's.
using Kernel = std::variant<const sca_core_kernel*, OperatorKernel>;

/// What it stores its numbers as.
sca_dtype dtype_of(const Kernel& kernel);

}  // namespace sca::evidence::kernels
