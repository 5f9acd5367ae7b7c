#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence::cuda {

/// What ptxas gave one kernel on one architecture. Functions that it calls and that were not inlined count
/// with it.
struct Resources {
  std::string kernel;
  int architecture = 0;                            // 80: sm_80
  int registers = 0;                               // of a thread
  std::int64_t stack = 0;                          // bytes of a thread, in local memory
  std::int64_t spill_stores = 0, spill_loads = 0;  // bytes of a thread
  std::int64_t shared = 0;                         // bytes of a block, those of the launch not included
};

/// From what `nvcc -cubin -Xptxas -v` prints, in its order. Lines of other kinds are passed over.
/// errors   InputError that names `path`, and the kernel if one has no registers or no stack; no kernels at
///          all
std::vector<Resources> read_resources(std::string_view log, std::string_view path);

}  // namespace sca::evidence::cuda
