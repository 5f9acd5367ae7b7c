#pragma once

#include "experiments/probe/replay.hpp"
#include "tests/experiments/probe/made_layers.hpp"

namespace sca::experiments::ablation {

/// A small network with random parameters, the same in the reference, and one sequence through it.
struct MadeNetwork {
  explicit MadeNetwork(const std::string& dialect_name)
      : dialect(dialect_name == "paper" ? paper_dialect : released_dialect),
        network(evidence::networks::sizes_of(config), evidence::networks::rules_of(dialect),
                plain_implementation()) {
    fill_parameters(network);
    model = reference_model(network, config, dialect);
    trace = traced(model, ids);
  }

  const reference::Layer<double>& layer(std::size_t i) const {
    return std::get<reference::ScaBlock<double>>(model.blocks[i]).attn;
  }
  LayerTokens tokens(std::size_t i) const { return layer_tokens(layer(i), *trace.layers[i]); }

  reference::ModelConfig config = small_config();
  reference::Dialect dialect;
  kernels::Network<float> network;
  reference::Model<double> model;
  std::vector<std::int64_t> ids = random_ids(11, 12, 1);
  SequenceTrace trace;
};

}  // namespace sca::experiments::ablation
