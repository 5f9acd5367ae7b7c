#pragma once

#include "experiments/model/model_spec.hpp"
#include "kernels/network/network.hpp"

namespace sca::experiments::ablation {

/// What a specification is built of: everything a network's constructor takes.
struct NetworkPlan {
  kernels::NetworkSizes sizes;
  kernels::Rules rules;
  kernels::Implementation<float> by;
};

/// On one thread, by the widest operators of this machine and the widest core kernel that does these rules.
/// domain   tokens: of the longest sequence
NetworkPlan network_plan(const ModelSpec& spec, std::int64_t vocab, std::int64_t tokens);

}  // namespace sca::experiments::ablation
