#pragma once

#include <array>

#include "kernels/cuda/ptx/bits.hpp"
#include "kernels/cuda/ptx/type.hpp"

namespace sca::kernels::cuda::ptx {

struct Thread;
struct Instruction;

/// What a thread does after an instruction.
enum class Outcome {
  next,     // goes on with the following one
  jumped,   // goes on where its counter has been set to
  blocked,  // waits
  exited
};

using Execute = Outcome (*)(Thread&, const Instruction&);

enum class Space { generic, global, shared, local, param };
enum class Rounding { nearest, zero, down, up };

/// One instruction, ready to be executed: operands are indices of the frame's registers (constants and
/// special registers have some of their own), -1 where there is none.
struct Instruction {
  Execute execute = nullptr;
  int guard = -1;
  bool guard_negated = false;

  bool flush = false;     // .ftz
  bool saturate = false;  // .sat
  bool negated = false;   // a predicate operand, or whatever the instruction says
  int to = -1, second_to = -1;
  int a = -1, b = -1, c = -1, d = -1;
  int mode = 0, second_mode = 0;  // the instruction's own
  Rounding rounding = Rounding::nearest;
  Type type = Type::none, source_type = Type::none;

  Space space = Space::generic;
  S64 offset = 0;           // of an address
  int size = 0, count = 1;  // of the elements of an access, or of a packed register
  std::array<int, 8> elements{-1, -1, -1, -1, -1, -1, -1, -1};
  int request = -1;  // index of an instruction that may touch global memory

  int target = -1;  // of branches: an instruction; of brx and call: an index of Function's tables
  int text = -1;    // index of Function::lines
};

}  // namespace sca::kernels::cuda::ptx
