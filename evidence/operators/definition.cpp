#include "evidence/operators/definition.hpp"

#include <algorithm>
#include <array>

#include "evidence/networks/network_case.hpp"

namespace sca::evidence::operators {

std::vector<Input> with_bf16(std::vector<Input> inputs, std::string_view name) {
  std::ranges::find(inputs, name, &Input::name)->is_bf16 = true;
  return inputs;
}

std::span<const Definition> definitions() {
  static const std::array all{linear(),       grid(),        mix(),           gated_norm(),
                              readout(),      norm(),        position(),      attention(),
                              swiglu(),       embedding(),   cross_entropy(), adamw(),
                              squared_norm(), linear_bf16(), readout_bf16(),  embedding_bf16()};
  return all;
}

const Definition* definition(std::string_view name) {
  if (name == networks::definition().name) return &networks::definition();
  const auto found = std::ranges::find(definitions(), name, &Definition::name);
  return found == definitions().end() ? nullptr : &*found;
}

}  // namespace sca::evidence::operators
