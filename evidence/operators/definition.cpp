#include "evidence/operators/definition.hpp"

#include <algorithm>
#include <array>

#include "evidence/networks/network_case.hpp"

namespace sca::evidence::operators {

const kernels::NumberFormat& format_of(const Input& input, sca_dtype dtype) {
  if (input.is_bf16) return kernels::format_of(SCA_BF16);
  const bool is_stored = input.kind == Input::Kind::activation || input.kind == Input::Kind::state;
  return is_stored ? kernels::format_of(dtype) : kernels::format_of_reals(dtype);
}

std::vector<Input> with_bf16(std::vector<Input> inputs, std::string_view name) {
  std::ranges::find(inputs, name, &Input::name)->is_bf16 = true;
  return inputs;
}

std::span<const Definition> definitions() {
  static const std::array all{linear(),        grid(),          mix(),        gated_norm(),   readout(),
                              norm(),          position(),      attention(),  swiglu(),       embedding(),
                              cross_entropy(), adamw(),         accumulate(), squared_norm(), linear_bf16(),
                              readout_bf16(),  embedding_bf16()};
  return all;
}

const Definition* definition(std::string_view name) {
  if (name == networks::definition().name) return &networks::definition();
  const auto found = std::ranges::find(definitions(), name, &Definition::name);
  return found == definitions().end() ? nullptr : &*found;
}

}  // namespace sca::evidence::operators
