#pragma once

#include <cstdint>
#include <vector>

#include "bench/network/subject.hpp"
#include "bench/selection.hpp"

namespace sca::bench {

/// What is timed: every subject at every shape, length or context that it has, with every number of threads.
struct Plan {
  std::vector<Subject> subjects;
  std::vector<sca_core_shape> shapes;
  std::vector<std::int64_t> threads;
  double seconds = 0;  // for all samples together, about
  int samples = 0;     // of each
  std::vector<NetworkSubject> networks = {};
  std::vector<std::int64_t> prefills = {};  // tokens
  std::vector<std::int64_t> contexts = {};  // tokens that a decoded one sees, itself included
};

/// Sizes to combine.
struct Sizes {
  std::vector<std::int64_t> L, B, K, Kq, H, M;  // no Kq: that of each K
};

/// Every combination in which Kq divides K.
/// errors   InputError if there is none
std::vector<sca_core_shape> shapes(const Sizes& sizes);

/// The same for steps: with L = 1, each once.
std::vector<sca_core_shape> step_shapes(const std::vector<sca_core_shape>& shapes);

}  // namespace sca::bench
