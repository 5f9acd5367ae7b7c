#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bench/plan.hpp"
#include "bench/timed.hpp"

namespace sca::bench {

/// What is timed by turns: several ways to do one piece of work, with one number of threads.
struct Group {
  std::string what, sizes;
  int threads;
  double tensor_bytes;  // of all of it, workspaces apart
  std::vector<std::unique_ptr<Timed>> rows;
};

/// The core's, then the networks'.
std::vector<Group> groups(const Plan& plan);

/// errors   InputError where a group's tensors and workspaces take more memory than is available
void require_memory(const std::vector<Group>& groups);

}  // namespace sca::bench
