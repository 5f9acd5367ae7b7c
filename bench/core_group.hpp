#pragma once

#include "bench/group.hpp"

namespace sca::bench {

/// The plan's operations of the core, operation by operation; a step takes L = 1, once.
std::vector<Group> core_groups(const Plan& plan);

}  // namespace sca::bench
