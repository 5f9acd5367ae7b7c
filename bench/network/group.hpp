#pragma once

#include "bench/group.hpp"

namespace sca::bench {

/// The plan's operations of networks: a layer's at every shape, a decode at every context, a prefill at every
/// length. The shallow models of one context take turns: it is their ratio that is asked for.
std::vector<Group> network_groups(const Plan& plan);

}  // namespace sca::bench
