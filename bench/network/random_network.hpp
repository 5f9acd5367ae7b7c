#pragma once

#include "kernels/network/network.hpp"

namespace sca::bench {

/// A network under the released rules, with random parameters of a trained one's size: gains around 1,
/// matrices such that activations neither grow nor vanish.
class RandomNetwork {
 public:
  RandomNetwork(const kernels::NetworkSizes& sizes, const kernels::Implementation<float>& by, bool keeps_bf16,
                std::uint64_t seed);

  kernels::Network<float>& operator*() { return network_; }
  kernels::Network<float>* operator->() { return &network_; }
  const kernels::Network<float>* operator->() const { return &network_; }

 private:
  kernels::Network<float> network_;
};

}  // namespace sca::bench
