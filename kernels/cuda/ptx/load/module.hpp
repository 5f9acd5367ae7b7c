#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "kernels/cuda/ptx/load/declaration.hpp"
#include "kernels/cuda/ptx/load/function.hpp"

namespace sca::kernels::cuda::ptx {

/// Where variables of a module live.
class Globals {
 public:
  virtual ~Globals() = default;
  /// The address of so many bytes, with these values.
  virtual U64 place(const Declaration& declaration) = 0;
};

/// What a PTX text says.
struct Module {
  std::vector<std::unique_ptr<Function>> functions;
  int requests = 0;  // instructions that may touch global memory

  const Function* find(std::string_view name) const;
};

/// errors   Fault that names an instruction, modifier, directive, label or name that is unknown
Module load_module(std::string_view text, Globals& globals);

}  // namespace sca::kernels::cuda::ptx
