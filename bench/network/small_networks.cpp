#include "bench/network/small_networks.hpp"

#include "bench/network/models.hpp"
#include "evidence/hash.hpp"
#include "evidence/networks/sizes.hpp"
#include "kernels/network/network.hpp"
#include "reference/tensor.hpp"

namespace sca::bench {
namespace {

using evidence::Array;
using NamedArrays = std::map<std::string, Array>;

constexpr std::uint64_t number_seed = 1;

/// Uniform, of the size of a trained layer's, around 1 for gains.
Array made(const std::string& name, const std::vector<std::size_t>& shape) {
  Array array{shape, {}, "<f4"};
  const double offset = name.ends_with("scale") || name.ends_with("norm.weight") ? 1 : 0;
  for (std::size_t i = 0; i < reference::volume(shape); ++i)
    array.values.push_back(offset + 0.5 * evidence::signed_unit(number_seed, evidence::hashed(name), i));
  return array;
}

void add(const std::string& name, const std::vector<std::size_t>& shape, NamedArrays& tensors) {
  tensors.emplace(name, made(name, shape));
}

void add_configuration(const std::vector<double>& numbers, NamedArrays& tensors) {
  tensors.emplace("cfg", Array{{numbers.size()}, numbers, "<i8"});
}

}  // namespace

evidence::judge::Dump small_layer() {
  NamedArrays tensors;
  add_configuration({0, 2, 7, 10, 4, 2, 3, 5, 3, 1, 2, -1}, tensors);
  add("x", {2, 7, 10}, tensors);
  add("G", {2, 7, 10}, tensors);
  kernels::LayerParameters<float> none{};
  const kernels::LayerSizes sizes = evidence::networks::sizes_of(
      reference::LayerConfig{.D = 10, .K = 4, .Kq = 2, .M = 3, .H = 5, .ck = 3, .anchors = 1, .E = 10});
  visit(sizes, none, [&](const std::string& name, const kernels::Extents& shape, auto*&, bool) {
    add("p." + name, {shape.begin(), shape.end()}, tensors);
  });
  return evidence::judge::to_dump("a small layer", std::move(tensors));
}

evidence::judge::Dump small_model(const kernels::Implementation<float>& by) {
  NamedArrays tensors;
  add_configuration({3, 2, 5, 12, 7, 3, 11, 6, 2, 1, 1, 4, 2, 3, 3, 2, 2, 1, 0, 0, 1}, tensors);
  tensors.emplace("ids", Array{{2, 5}, {3, 0, 10, 3, 7, 1, 1, 9, 4, 0}, "<i8"});
  reference::ModelConfig model;
  model.vocab = 11;
  model.num_layers = 3;
  model.layer = {.D = 12, .K = 4, .Kq = 2, .M = 3, .H = 1, .ck = 3, .anchors = 1, .E = 2, .maxlen = 6};
  model.block = {.D = 12, .num_heads = 2, .num_kv_heads = 1, .d_ff = 7, .qk_norm = true, .maxlen = 6};
  const kernels::Network<float> network(evidence::networks::sizes_of(model), released_rules(), by);
  for (const kernels::Parameter& one : network.parameters())
    add("p." + one.name, {one.shape.begin(), one.shape.end()}, tensors);
  return evidence::judge::to_dump("a small model", std::move(tensors));
}

}  // namespace sca::bench
