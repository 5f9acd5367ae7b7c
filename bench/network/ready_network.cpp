#include "bench/network/ready_network.hpp"

namespace sca::bench {

void append_parameters(kernels::Network<float>& network, const std::string& within, const std::string& prefix,
                       std::vector<CallTensor>& tensors) {
  for (const kernels::Parameter& one : network.parameters()) {
    if (one.name.starts_with(within))
      tensors.push_back(
          {prefix + one.name.substr(within.size()), network.values().data() + one.offset, false, one.shape});
  }
}

}  // namespace sca::bench
