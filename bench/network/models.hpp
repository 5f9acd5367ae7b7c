#pragma once

#include "bench/network/operation.hpp"
#include "kernels/network/sizes.hpp"
#include "kernels/plugin.h"

namespace sca::bench {

/// An SCA layer as released, with D = K H: four taps, E = 3 H, no maxlen.
kernels::LayerSizes layer_sizes(const sca_core_shape& shape);

/// A network of that layer in one block, its parameters' home.
kernels::NetworkSizes network_of(const kernels::LayerSizes& layer);

/// The model of an operation on models, with room for `tokens`.
///
///   model_decode, model_prefill   the paper's: nautile-370m
///   model_training                the ablation's smallest: D = 32, 12 blocks, 2:1, K = 4, M = 2, H = 8; the
///                                 readout's width E = 16 matches its SCA layers' parameters with a
///                                 transformer block's
///   decode_…                      three blocks of the paper's model and 256 rows of its embedding
kernels::NetworkSizes model_sizes(NetworkOperation operation, std::int64_t tokens);

/// Of every network here: the released ones.
kernels::Rules released_rules();

std::int64_t parameter_count(const kernels::LayerSizes& sizes);
std::int64_t parameter_count(const kernels::TransformerSizes& sizes);
std::int64_t parameter_count(const kernels::NetworkSizes& sizes);
std::int64_t attention_blocks(const kernels::NetworkSizes& sizes);

}  // namespace sca::bench
