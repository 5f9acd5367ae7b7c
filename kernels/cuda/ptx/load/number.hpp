#pragma once

#include <optional>
#include <string_view>

#include "kernels/cuda/ptx/bits.hpp"

namespace sca::kernels::cuda::ptx {

/// A literal of PTX: 7, -7, 0x1F, 017, 0b101, each perhaps with a U; 0f3F800000 and 0d3FF0000000000000 for
/// the bits of a float or a double. Nothing if the text is something else.
std::optional<U64> parse_number(std::string_view text);

}  // namespace sca::kernels::cuda::ptx
