#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/cuda/ptx/bits.hpp"
#include "kernels/cuda/ptx/load/function.hpp"
#include "kernels/cuda/ptx/type.hpp"

namespace sca::kernels::cuda::ptx {

/// ".visible .global .align 4 .b8 name[24] = {1, 2}"
struct Declaration {
  std::string name;
  std::string space;  // "global", "shared", "const", "local", "param", "reg"
  Type type = Type::none;
  bool external = false;
  std::size_t alignment = 1, bytes = 0;
  std::vector<U8> initial;  // empty: none
};

/// Of a variable or a parameter, without its semicolon.
/// errors   Fault that names what it does not know
Declaration parse_declaration(std::string_view text);

/// The next multiple.
inline std::size_t aligned_up(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

/// Behind those that are there, with a gap that nothing may touch. Returns its address in shared space.
U64 add_shared(std::vector<SharedVariable>& variables, const Declaration& declaration);

}  // namespace sca::kernels::cuda::ptx
