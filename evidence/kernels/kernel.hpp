#pragma once

#include <string_view>
#include <variant>

#include "evidence/operators/definition.hpp"
#include "kernels/network/any_network.hpp"

namespace sca::evidence::kernels {

/// One operator of an implementation.
struct OperatorKernel {
  const operators::Definition* definition;
  std::variant<const sca::kernels::Operators<float>*, const sca::kernels::Operators<double>*> table;
};

/// A network, and what it is made of.
struct NetworkKernel {
  sca::kernels::NetworkMaker make;
  sca::kernels::Implementation<double> by;
};

/// What properties are put to: a kernel of the core operator, another operator's, or a network of them.
using Kernel = std::variant<const sca_core_kernel*, OperatorKernel, NetworkKernel>;

/// What it stores its numbers as.
sca_dtype dtype_of(const Kernel& kernel);

}  // namespace sca::evidence::kernels
