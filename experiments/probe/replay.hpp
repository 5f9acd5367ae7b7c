#pragma once

#include <optional>
#include <span>

#include "kernels/network/network.hpp"
#include "reference/model.hpp"

namespace sca::experiments::ablation {

/// The network's parameters in the reference's model, in double: what it does with them is known to 1e-16,
/// and every intermediate can be read.
///
/// domain   the configuration and dialect that the network was made of
reference::Model<double> reference_model(const kernels::Network<float>& network,
                                         const reference::ModelConfig& config,
                                         const reference::Dialect& dialect);

/// One sequence through all blocks.
/// shape    hidden: the residual stream before each block and behind the last, [1, L, D]
struct SequenceTrace {
  std::vector<reference::Tensor<double>> hidden;
  std::vector<std::optional<reference::LayerTrace<double>>> layers;  // of SCA blocks
};

SequenceTrace traced(const reference::Model<double>& model, std::span<const std::int64_t> ids);

}  // namespace sca::experiments::ablation
