#pragma once

#include "evidence/kernels/property.hpp"
#include "kernels/network/network.hpp"
#include "reference/tensor.hpp"

namespace sca::experiments::ablation {

/// Z_t S_t = sum_tau alpha_tau f_tau and Z_t = sum_tau alpha_tau: the state that the network's own core
/// leaves in float32 behind one sequence, against the sums over its tokens, at 34 digits, of the keys and
/// scores that it was given. Each entry within the bound that its arithmetic allows, additions in any order.
///
/// shape    hidden [1, L, D]: the residual stream before the block
/// domain   block i of the network is an SCA block; the configuration and dialect that it was made of
evidence::kernels::Outcome state_identity(const kernels::Network<float>& network,
                                          const reference::LayerConfig& config,
                                          const reference::Dialect& dialect, std::size_t i,
                                          const reference::Tensor<double>& hidden);

}  // namespace sca::experiments::ablation
