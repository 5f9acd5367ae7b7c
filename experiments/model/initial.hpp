#pragma once

#include "kernels/network/network.hpp"

namespace sca::experiments::ablation {

/// Sets a network's parameters to their values before training, by a counter-based hash of (seed, name,
/// index).
///
/// SCA layers as the released code draws them: theta geometric from 0.001 to 3 (over the heads for M = 1, as
/// increments over the samples else), equal omega, slopes geometric from 0.001 to 0.1 over the heads, scales
/// 1, biases 0; convolutions normal with variance 2 / taps; matrices uniform in +-1/sqrt(inputs), the readout
/// by Glorot's rule over its three extents; norms 1. The embedding, of which the released code tells no more
/// than its shape, is normal with variance 1 / D.
///
/// source   the released code's constructors; torch's defaults for what they leave open
void set_initial(kernels::Network<float>& network, std::uint64_t seed);

}  // namespace sca::experiments::ablation
