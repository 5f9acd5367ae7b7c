#pragma once

#include <string_view>

#include "kernels/cuda/ptx/load/assembler.hpp"

namespace sca::kernels::cuda::ptx {

/// What stands between a function's braces.
/// errors   Fault
void assemble_body(std::string_view text, Assembler& assembler);

}  // namespace sca::kernels::cuda::ptx
