#pragma once

#include "kernels/cuda/ptx/ops/table.hpp"

namespace sca::kernels::cuda::ptx {

/// bar.warp.sync, whose modifiers have been taken.
Instruction build_warp_barrier(Assembler& assembler, Statement& statement);
bool is_warp_barrier(const Instruction& instruction);

}  // namespace sca::kernels::cuda::ptx
