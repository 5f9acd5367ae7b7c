#pragma once

#include <string_view>

#include "kernels/operators/operators.hpp"

namespace sca::evidence::operators {

/// The implementation has what the forward, or the backward, of the operator of this name calls.
template <class Real>
bool is_there(const sca::kernels::Operators<Real>& table, std::string_view name, bool backward);

}  // namespace sca::evidence::operators
