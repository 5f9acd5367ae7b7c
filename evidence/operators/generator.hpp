#pragma once

#include <vector>

#include "evidence/draws.hpp"
#include "evidence/operators/definition.hpp"

namespace sca::evidence::operators {

/// A case of the operator: sizes mostly small, now and then beyond a vector's or a tile's width, ends
/// included.
OperatorCase drawn_case(const Definition& operation, std::string regime, Draws& draws);

/// Everything that is one step simpler, the boldest steps of each size first: sizes down to their least, the
/// uniform regime. The seed stays.
std::vector<OperatorCase> simpler_than(const OperatorCase& one);

}  // namespace sca::evidence::operators
