#pragma once

#include "kernels/network/sizes.hpp"
#include "reference/dialect.hpp"
#include "reference/model_config.hpp"

namespace sca::evidence::networks {

/// The reference's configurations as kernels have them: this is where both meet.
sca::kernels::LayerSizes sizes_of(const reference::LayerConfig& config);
sca::kernels::TransformerSizes sizes_of(const reference::BlockConfig& config);
sca::kernels::NetworkSizes sizes_of(const reference::ModelConfig& config);
/// A dialect whose steps decay recursively does so everywhere: in exact arithmetic nothing changes.
sca::kernels::Rules rules_of(const reference::Dialect& dialect);

}  // namespace sca::evidence::networks
