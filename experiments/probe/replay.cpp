#include "experiments/probe/replay.hpp"

#include <algorithm>

namespace sca::experiments::ablation {

using reference::Tensor;

reference::Model<double> reference_model(const kernels::Network<float>& network,
                                         const reference::ModelConfig& config,
                                         const reference::Dialect& dialect) {
  const auto stored = [&](const std::string& name, const reference::Shape& shape) {
    const auto one = std::ranges::find(network.parameters(), name, &kernels::Parameter::name);
    if (one == network.parameters().end()) throw std::invalid_argument("network: no parameter " + name);
    const auto values =
        network.values().subspan(static_cast<std::size_t>(one->offset), static_cast<std::size_t>(one->count));
    return Tensor<double>{shape, {values.begin(), values.end()}};
  };
  return reference::read_model<double>(config, dialect, stored);
}

SequenceTrace traced(const reference::Model<double>& model, std::span<const std::int64_t> ids) {
  SequenceTrace trace;
  const std::vector<std::size_t> rows(ids.begin(), ids.end());
  trace.hidden.push_back({{1, ids.size(), model.config.D()}, reference::embed<double>(model, rows)});
  for (const reference::Block<double>& block : model.blocks) {
    const Tensor<double>& x = trace.hidden.back();
    if (const auto* sca = std::get_if<reference::ScaBlock<double>>(&block)) {
      auto layer = reference::forward(*sca, x);
      trace.hidden.push_back(layer.out);
      trace.layers.emplace_back(std::move(layer));
    } else {
      trace.hidden.push_back(reference::forward(std::get<reference::TransformerBlock<double>>(block), x).out);
      trace.layers.emplace_back();
    }
  }
  return trace;
}

}  // namespace sca::experiments::ablation
