#include "evidence/operators/definition.hpp"

#include <algorithm>
#include <array>

namespace sca::evidence::operators {

std::span<const Definition> definitions() {
  static const std::array all{linear(),        grid(),     mix(),         gated_norm(), readout(),
                              norm(),          position(), attention(),   swiglu(),     embedding(),
                              cross_entropy(), adamw(),    squared_norm()};
  return all;
}

const Definition* definition(std::string_view name) {
  const auto found = std::ranges::find(definitions(), name, &Definition::name);
  return found == definitions().end() ? nullptr : &*found;
}

}  // namespace sca::evidence::operators
