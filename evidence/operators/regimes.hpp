#pragma once

#include <span>
#include <string_view>

#include "reference/tensor.hpp"

namespace sca::evidence::operators {

/// A kind of numbers on which an operator's arithmetic goes wrong in its own way.
struct Regime {
  std::string_view name;
  std::string_view what;
  /// Changes an activation, uniform in [-1, 1) times its scale, into the regime's. Rows: all but the last
  /// axis.
  void (*apply)(std::uint64_t seed, reference::Tensor<double>& activation);
};

std::span<const Regime> regimes();

}  // namespace sca::evidence::operators
