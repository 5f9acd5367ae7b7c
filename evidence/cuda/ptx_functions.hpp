#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence::cuda {

/// A function of a PTX file, as far as counting needs it.
struct PtxFunction {
  std::string name;
  bool is_kernel = false;
  int most_threads = 0;                 // by .maxntid or .reqntid; 0: not said
  std::vector<std::string> statements;  // instructions alone, without labels and guards
};

/// Those that have a body, in the file's order.
/// errors   InputError that names `path`, and the function whose text does not end
std::vector<PtxFunction> ptx_functions(std::string_view ptx, std::string_view path);

}  // namespace sca::evidence::cuda
