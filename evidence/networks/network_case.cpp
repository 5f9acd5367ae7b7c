#include "evidence/networks/network_case.hpp"

#include <algorithm>

#include "evidence/draws.hpp"
#include "evidence/operators/generator.hpp"
#include "reference/model.hpp"

namespace sca::evidence::networks {
namespace {

using operators::Input;
using operators::OperatorCase;

constexpr std::size_t fixed_count = 16;

/// One parameter, of the size of a trained one's: around 1 for gains.
Input parameter(const std::string& name, const reference::Shape& shape) {
  const bool is_gain = name.ends_with("scale") || name.ends_with("norm.weight");
  return {name, shape, Input::Kind::parameter, 0.5, is_gain ? 1.0 : 0.0};
}

std::vector<Input> inputs_of(const OperatorCase& one) {
  const reference::ModelConfig c = config_of(one);
  std::vector<Input> all{parameter("embedding.weight", {c.vocab, c.D()})};
  // Of zeros: the reference tells here which parameters it reads.
  const auto source = [&](const std::string& name, const reference::Shape& shape) {
    all.push_back(parameter(name, shape));
    return reference::Tensor<double>::zeros(shape);
  };
  for (std::size_t i = 0; i < c.num_layers; ++i)
    reference::read_block<double>(c, reference::Dialect::released(), i, source);
  all.push_back({"ids", {one.size("B"), one.size("L")}, Input::Kind::integer, static_cast<double>(c.vocab)});
  return all;
}

operators::Definition make_definition() {
  operators::Definition made{};
  made.name = "network";
  made.what = "a hybrid model: embedding, SCA and transformer blocks, the embedding again as the head";
  made.sizes = {{"paper", 0, 1, 1},   {"B", 1, 2, 2},        {"L", 1, 4, 6},      {"room", 0, 2, 4},
                {"prefill", 0, 2, 3}, {"vocab", 2, 7, 11},   {"blocks", 1, 3, 4}, {"ratio", 0, 2, 4},
                {"Kq", 1, 2, 2},      {"n", 1, 2, 2},        {"H", 1, 1, 2},      {"M", 1, 2, 3},
                {"ck", 1, 3, 4},      {"anchors", 0, 1, 1},  {"E", 1, 2, 3},      {"kv_heads", 1, 2, 2},
                {"group", 1, 2, 2},   {"half", 1, 1, 2},     {"d_ff", 1, 5, 7},   {"qk_norm", 0, 1, 1},
                {"taps", 0, 2, 3},    {"switches", 0, 3, 7}, {"shift", 0, 2, 4}};
  made.inputs = inputs_of;
  return made;
}

}  // namespace

const operators::Definition& definition() {
  static const operators::Definition one = make_definition();
  return one;
}

std::vector<OperatorCase> fixed_cases(std::uint64_t seed) {
  std::vector<OperatorCase> all;
  for (std::size_t i = 0; i < fixed_count; ++i) {
    Draws draws(seed, hashed("network") + i);
    all.push_back(operators::drawn_case(definition(), "uniform", draws));
    all.back().sizes["paper"] = i % 2;
  }
  return all;
}

reference::ModelConfig config_of(const OperatorCase& one) {
  const std::size_t maxlen = one.size("L") + one.size("room");
  const std::size_t heads = one.size("kv_heads") * one.size("group");
  const std::size_t D = heads * 2 * one.size("half");
  reference::ModelConfig c;
  c.vocab = one.size("vocab");
  c.num_layers = one.size("blocks");
  c.ratio = one.size("ratio");
  c.shift = std::min(one.size("shift"), c.ratio);
  c.layer.D = D;
  c.layer.K = one.size("Kq") * one.size("n");
  c.layer.Kq = one.size("Kq");
  c.layer.M = one.size("M");
  c.layer.H = one.size("H");
  c.layer.ck = one.size("ck");
  c.layer.anchors = one.size("anchors");
  c.layer.E = one.size("E");
  c.layer.maxlen = maxlen;
  c.block.D = D;
  c.block.num_heads = heads;
  c.block.num_kv_heads = one.size("kv_heads");
  c.block.d_ff = one.size("d_ff");
  c.block.qk_norm = one.size("qk_norm") == 1;
  c.block.maxlen = maxlen;
  c.block.ck = one.size("taps");
  return c;
}

reference::Dialect dialect_of(const OperatorCase& one) {
  using reference::Dialect;
  Dialect dialect = one.size("paper") == 1 ? Dialect::paper() : Dialect::released();
  const std::size_t switches = one.size("switches");
  if ((switches & 1U) != 0) dialect.phase = Dialect::Phase::inner_product;
  if ((switches & 2U) != 0) dialect.summary = Dialect::Summary::plain;
  dialect.is_normalised = (switches & 4U) == 0;
  return dialect;
}

std::size_t prefill_of(const OperatorCase& one) { return std::min(one.size("prefill"), one.size("L")); }

reference::Shape logits_shape(const OperatorCase& one) {
  return {one.size("B"), one.size("L"), one.size("vocab")};
}

}  // namespace sca::evidence::networks
