#include "evidence/judge/generated.hpp"

#include <cmath>

#include "evidence/hash.hpp"
#include "reference/layer_parameters.hpp"

namespace sca::evidence::judge {
namespace {

struct Rule {
  std::uint64_t id;
  double scale;
  double offset = 0;
};

Rule rule(const std::string& name) {
  static const std::map<std::string, Rule> rules{{"in_proj.weight", {1, 1.75 / std::sqrt(1024.0)}},
                                                 {"conv_weight", {2, 0.8}},
                                                 {"theta_d_raw", {3, 1.5}},
                                                 {"w_int_raw", {4, 1}},
                                                 {"decay_slopes", {5, 2, -3.5}},
                                                 {"score_scale", {6, 0.5, 1}},
                                                 {"score_bias", {7, 0.5}},
                                                 {"phase_scale", {8, 1, 0.8}},
                                                 {"gate_proj.weight", {9, 1.75 / std::sqrt(1024.0)}},
                                                 {"gated_norm.weight", {10, 0.4, 1}},
                                                 {"W_readout", {11, 1.75 / std::sqrt(128.0)}},
                                                 {"out_proj.weight", {12, 1.75 / std::sqrt(3072.0)}}};
  return rules.at(name);
}

Array generated(std::uint64_t seed, const Rule& rule, const std::vector<std::size_t>& shape) {
  Array array{shape, {}, "<f4"};
  for (std::size_t i = 0; i < reference::volume(shape); ++i) {
    array.values.push_back(static_cast<double>(
        static_cast<float>(generated_number(seed, rule.id, i) * rule.scale + rule.offset)));
  }
  return array;
}

}  // namespace

double generated_number(std::uint64_t seed, std::uint64_t id, std::uint64_t i) {
  const std::uint64_t bits = mixed(seed * 1000003U + (id << 40U) + i) >> 40U;
  return (static_cast<double>(bits) + 0.5) / 0x1p24 * 2 - 1;
}

void add_generated(Dump& dump) {
  const reference::LayerConfig& c = dump.layer;
  reference::LayerParameters<double> parameters;
  double numbers = static_cast<double>(dump.B) * static_cast<double>(dump.L) * static_cast<double>(c.D);
  visit(c, parameters, [&](const char*, const reference::Shape& shape, const auto&) {
    double product = 1;
    for (const std::size_t size : shape) product *= static_cast<double>(size);
    numbers += product;
  });
  if (c.M == 1 || c.anchors > 0 || numbers > 0x1p24) {
    throw InputError(dump.file, "cfg", "a generated layer with M > 1, no anchors and at most 2^24 numbers",
                     "another");
  }
  visit(c, parameters, [&](const char* name, const reference::Shape& shape, const auto&) {
    dump.tensors[std::string("p.") + name] = generated(dump.seed, rule(name), shape);
  });
  dump.tensors["x"] = generated(dump.seed, {100, 1.75}, {dump.B, dump.L, c.D});
  dump.tensors["G"] = generated(dump.seed, {101, 1.75}, {dump.B, dump.L, c.D});
}

}  // namespace sca::evidence::judge
