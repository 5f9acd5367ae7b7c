#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sca::evidence::cuda {

/// Loads or stores of global memory, by how much one takes at once.
struct GlobalAccesses {
  std::int64_t all = 0, of_two = 0, of_four = 0;  // .v2; .v4 and wider
};

/// What a kernel's text holds: each instruction once, however often it runs. Functions that it calls count
/// with it, once each.
struct StaticCounts {
  std::string kernel;
  int most_threads = 0;  // of a block, by .maxntid or .reqntid; 0: not said
  std::int64_t instructions = 0;
  std::int64_t local = 0;  // loads and stores of local memory
  GlobalAccesses loads, stores;
  std::int64_t approximate = 0;  // .approx
  std::int64_t divisions = 0;    // of floating-point numbers, and square roots; .approx or not
  std::int64_t integer_divisions = 0;
};

/// Of every kernel of a PTX file, in its order.
/// errors   InputError that names `path`, and the function whose text does not end
std::vector<StaticCounts> count_instructions(std::string_view ptx, std::string_view path);

/// Which nvcc made it: "release 13.0, V13.0.88"; empty if it does not say.
std::string toolkit_of(std::string_view ptx);

}  // namespace sca::evidence::cuda
