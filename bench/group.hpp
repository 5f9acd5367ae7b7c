#pragma once

#include <vector>

#include "bench/plan.hpp"

namespace sca::bench {

/// The kernels of one operation, at one shape, with one number of threads: what is timed by turns.
struct Group {
  Operation operation;
  sca_core_shape shape;
  int threads;
  std::vector<Subject> subjects;
};

/// Operation by operation; a step takes L = 1, once.
std::vector<Group> groups(const Plan& plan);

/// errors   InputError where a group's tensors and workspaces take more memory than is available
void require_memory(const std::vector<Group>& groups);

}  // namespace sca::bench
