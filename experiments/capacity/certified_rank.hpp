#pragma once

#include <optional>

#include "reference/linear_algebra.hpp"

namespace sca::experiments::capacity {

/// min(rows, columns), where a minor of that size is certainly not 0; nothing where this precision could not
/// tell. That the rank is no larger needs no proof.
///
/// source   the minor that pivoting in double picks; its determinant by FLINT/Arb
std::optional<std::size_t> certified_full_rank(const reference::ComplexMatrix& a);

}  // namespace sca::experiments::capacity
