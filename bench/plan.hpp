#pragma once

#include <cstdint>
#include <vector>

#include "bench/selection.hpp"

namespace sca::bench {

/// What is timed: every subject at every shape with every number of threads.
struct Plan {
  std::vector<Subject> subjects;
  std::vector<sca_core_shape> shapes;
  std::vector<std::int64_t> threads;
  double seconds = 0;  // for all samples together, about
  int samples = 0;     // of each
};

/// Sizes to combine.
struct Sizes {
  std::vector<std::int64_t> L, B, K, Kq, H, M;  // no Kq: that of each K
};

/// Every combination in which Kq divides K.
/// errors   InputError if there is none
std::vector<sca_core_shape> shapes(const Sizes& sizes);

}  // namespace sca::bench
