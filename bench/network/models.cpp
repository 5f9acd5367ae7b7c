#include "bench/network/models.hpp"

#include <algorithm>

#include "evidence/networks/sizes.hpp"
#include "kernels/network/parameters.hpp"

namespace sca::bench {
namespace {

using evidence::networks::sizes_of;
using reference::ModelConfig;

constexpr std::size_t shallow_blocks = 3;

template <class Parameters, class Sizes>
std::int64_t counted(const Sizes& sizes) {
  std::int64_t total = 0;
  Parameters none{};
  visit(sizes, none, [&](const std::string&, const kernels::Extents& shape, auto*&, bool) {
    std::int64_t count = 1;
    for (const std::int64_t n : shape) count *= n;
    total += count;
  });
  return total;
}

ModelConfig with_room(ModelConfig model, std::size_t tokens) {
  model.layer.maxlen = std::max(*model.layer.maxlen, tokens);
  model.block.maxlen = std::max(model.block.maxlen, tokens);
  return model;
}

/// The cache is as long as the context, so that its bytes are the context's.
ModelConfig shallow(std::size_t ratio, std::size_t tokens) {
  ModelConfig model = ModelConfig::nautile_370m();
  model.vocab = 256;
  model.num_layers = shallow_blocks;
  model.ratio = ratio;
  model.layer.maxlen = tokens;
  model.block.maxlen = tokens;
  return model;
}

kernels::NetworkSizes smoke(std::size_t tokens) {
  ModelConfig model;
  model.vocab = 64;
  model.num_layers = 12;
  model.layer = {.D = 32, .K = 4, .Kq = 4, .M = 2, .H = 8, .ck = 4, .anchors = 0, .E = 16, .maxlen = tokens};
  model.block = {
      .D = 32, .num_heads = 4, .num_kv_heads = 4, .d_ff = 8 * 32 / 3, .qk_norm = true, .maxlen = tokens};
  return sizes_of(model);
}

}  // namespace

kernels::LayerSizes layer_sizes(const sca_core_shape& shape) {
  const auto size = [](std::int64_t n) { return static_cast<std::size_t>(n); };
  return sizes_of(reference::LayerConfig{.D = size(shape.K * shape.H),
                                         .K = size(shape.K),
                                         .Kq = size(shape.Kq),
                                         .M = size(shape.M),
                                         .H = size(shape.H),
                                         .ck = 4,
                                         .anchors = 0,
                                         .E = size(3 * shape.H)});
}

kernels::NetworkSizes network_of(const kernels::LayerSizes& layer) {
  ModelConfig model;
  model.num_layers = 1;
  model.block.D = static_cast<std::size_t>(layer.D);
  kernels::NetworkSizes sizes = sizes_of(model);
  sizes.layer = layer;
  return sizes;
}

kernels::NetworkSizes model_sizes(NetworkOperation operation, std::int64_t tokens) {
  const auto room = static_cast<std::size_t>(tokens);
  switch (operation) {
    case NetworkOperation::model_training: return smoke(room);
    case NetworkOperation::decode_sca: return sizes_of(shallow(shallow_blocks, room));
    case NetworkOperation::decode_hybrid: return sizes_of(shallow(2, room));
    case NetworkOperation::decode_attention: return sizes_of(shallow(0, room));
    default: return sizes_of(with_room(ModelConfig::nautile_370m(), room));
  }
}

kernels::Rules released_rules() { return evidence::networks::rules_of(reference::Dialect::released()); }

std::int64_t parameter_count(const kernels::LayerSizes& sizes) {
  return counted<kernels::LayerParameters<float>>(sizes);
}

std::int64_t parameter_count(const kernels::TransformerSizes& sizes) {
  return counted<kernels::TransformerParameters<float>>(sizes);
}

std::int64_t parameter_count(const kernels::NetworkSizes& s) {
  const std::int64_t attention = attention_blocks(s);
  return s.vocab * s.D() + (s.blocks - attention) * (parameter_count(s.layer) + s.D()) +
         attention * parameter_count(s.transformer);
}

std::int64_t attention_blocks(const kernels::NetworkSizes& s) { return s.attention_before(s.blocks); }

}  // namespace sca::bench
