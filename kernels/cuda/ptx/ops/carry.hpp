#pragma once

#include "kernels/cuda/ptx/ops/table.hpp"

namespace sca::kernels::cuda::ptx {

// add.cc, sub.cc and mad.cc, whose .cc has been taken.
Instruction build_add_carry(Assembler& assembler, Statement& statement);
Instruction build_subtract_carry(Assembler& assembler, Statement& statement);
Instruction build_multiply_carry(Assembler& assembler, Statement& statement, bool sets, bool uses);

}  // namespace sca::kernels::cuda::ptx
