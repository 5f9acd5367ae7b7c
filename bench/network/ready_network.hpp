#pragma once

#include <string>
#include <vector>

#include "bench/timed.hpp"
#include "kernels/network/network.hpp"

namespace sca::bench {

/// What a call reads or writes: floats, or ids.
struct CallTensor {
  std::string name;
  const void* data;
  bool is_ids;
  kernels::Extents shape;
};

/// A network's call, open to who compares it with another's (bench/peers/).
class ReadyNetwork : public Ready {
 public:
  virtual const kernels::NetworkSizes& sizes() const = 0;
  /// Parameters as p.NAME, or p.I.NAME of the I-th layer where calls go from layer to layer; then inputs and
  /// results. They stay where they are; the first call after this is that of a new network.
  virtual std::vector<CallTensor> tensors() = 0;
};

/// Adds the parameters whose names begin with `within`, called by `prefix` and what follows it.
void append_parameters(kernels::Network<float>& network, const std::string& within, const std::string& prefix,
                       std::vector<CallTensor>& tensors);

}  // namespace sca::bench
