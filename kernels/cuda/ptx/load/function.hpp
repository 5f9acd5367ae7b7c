#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kernels/cuda/ptx/load/instruction.hpp"

namespace sca::kernels::cuda::ptx {

/// A register that has its value when a function is entered.
enum class Special {
  tid_x,
  tid_y,
  tid_z,
  ntid_x,
  ntid_y,
  ntid_z,
  ctaid_x,
  ctaid_y,
  ctaid_z,
  nctaid_x,
  nctaid_y,
  nctaid_z,
  laneid,
  warpid,
  nwarpid,
  lanemask_eq,
  lanemask_lt,
  lanemask_le,
  lanemask_gt,
  lanemask_ge,
  dynamic_shared,  // where the launch's own shared memory begins
  local            // where the frame's local memory begins, and so many bytes more
};

struct SpecialRegister {
  int slot;
  Special kind;
  U64 offset = 0;
};

/// A piece of a function's parameter space.
struct Parameter {
  std::size_t offset, size;
};

struct Call {
  int callee;
  std::vector<Parameter> arguments, results;  // in the caller's parameter space
};

struct SharedVariable {
  std::string name;
  std::size_t offset, size;
};

struct Function {
  std::string name;
  bool entry = false;
  std::vector<Parameter> arguments, results;
  std::size_t parameter_bytes = 0, argument_bytes = 0, argument_alignment = 1;
  std::size_t local_bytes = 0;
  std::vector<SharedVariable> shared;            // an entry's: all that it may see
  unsigned most_threads = 0, exact_threads = 0;  // .maxntid, .reqntid; 0: not said

  std::vector<Instruction> code;
  std::vector<std::string> lines;
  std::vector<U64> registers;  // as they are when the function is entered
  std::vector<SpecialRegister> specials;
  std::vector<Call> calls;
  std::vector<std::vector<int>> branch_tables;
};

}  // namespace sca::kernels::cuda::ptx
