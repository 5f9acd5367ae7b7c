#pragma once

#include <span>
#include <string_view>

#include "evidence/cases/core_case.hpp"

namespace sca::evidence {

/// A kind of numbers on which floating-point code goes wrong in its own way.
struct Regime {
  std::string_view name;
  std::string_view what;
  /// Changes ordinary numbers, uniform in [-2, 2), into the regime's.
  void (*apply)(const CoreCase& one, CoreInput& input);
  /// How often a random case is of it, relative to the others.
  unsigned weight;
};

std::span<const Regime> regimes();

}  // namespace sca::evidence
