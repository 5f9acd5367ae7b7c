#include "reference/parameter_count.hpp"

namespace sca::reference {
namespace {

// FLOPs of the elementwise functions, as reference/ computes them.
constexpr std::size_t silu_flops = 5;      // -x, exp, 1 +, 1 /, x *
constexpr std::size_t sigmoid_flops = 4;   // the same without x *
constexpr std::size_t softplus_flops = 3;  // exp, 1 +, log
constexpr std::size_t norm_flops = 4;      // a square, an addition, a division and the gain

void add_sca_block(const LayerConfig& c, std::size_t copies, std::vector<Component>& parts) {
  const auto add = [&](const char* name, std::size_t parameters, std::size_t state, std::size_t flops) {
    parts.push_back({std::string("sca/") + name, copies, parameters, state, flops});
  };
  const std::size_t KH = c.KH();
  const std::size_t KHM = c.KHM();
  add("norm", c.D, 0, norm_flops * c.D);
  add("in_proj", c.C() * c.D, 0, 2 * c.C() * c.D);
  add("conv", c.C() * c.ck, (c.ck - 1) * c.C(), (2 * c.ck + silu_flops) * c.C());
  // gamma s + beta, softplus, -lambda d, exp, their product; the clamp is free
  add("weights", 3 * c.K, 0, (2 + softplus_flops + 4) * c.K);
  // per channel: eta k, |.|, 1 +, division, alpha k; per node: u theta, sin, cos, two products, two additions
  add("accumulate", KHM + c.K, 2 * KHM + c.K, 5 * KH + 7 * KHM + c.K);
  // per node: R^, I^, the two Hermitian parts (3 each), two weighted sums (2 each); per channel: two
  // divisions
  add("readout", KHM, 0, 12 * KHM + 2 * KH + c.K);
  add("gate_proj", 2 * KH * c.D, 0, 2 * KH * (2 * c.D + silu_flops + 1));
  add("gated_norm", 2 * KH, 0, norm_flops * 2 * KH);
  add("W_readout", KH * 4 * c.E, 0, KH * 8 * c.E + (sigmoid_flops + 1) * c.K * c.E);
  add("out_proj", c.D * c.K * c.E, 0, 2 * c.D * c.K * c.E + c.D);
}

void add_transformer_block(const BlockConfig& c, std::size_t copies, std::size_t context,
                           std::vector<Component>& parts) {
  const auto add = [&](const char* name, std::size_t parameters, std::size_t state, std::size_t flops) {
    parts.push_back({std::string("attention/") + name, copies, parameters, state, flops});
  };
  const std::size_t rotated = c.D + c.kv();
  add("norm1", c.D, 0, norm_flops * c.D);
  if (c.ck > 0) add("conv", c.D * c.ck, (c.ck - 1) * c.D, (2 * c.ck + silu_flops) * c.D);
  add("q_proj", c.D * c.D, 0, 2 * c.D * c.D);
  add("k_proj", c.kv() * c.D, 0, 2 * c.kv() * c.D);
  add("v_proj", c.kv() * c.D, 0, 2 * c.kv() * c.D);
  // a rotation takes 6 for a pair, a normalisation without gain 3 for a number
  add("rotary, qk_norm", 0, 0, (c.qk_norm ? 6 : 3) * rotated);
  // per key and head: the dot product, /sqrt(hd), shift, exp, sum, division; per key and channel: the
  // weighted sum
  add("softmax", 0, 2 * c.kv() * context, 4 * context * c.D + 5 * context * c.num_heads);
  add("out_proj", c.D * c.D, 0, 2 * c.D * c.D + c.D);
  add("norm2", c.D, 0, norm_flops * c.D);
  add("ff_in", 2 * c.d_ff * (c.D + 1), 0, 2 * c.d_ff * (2 * c.D + 1) + (silu_flops + 1) * c.d_ff);
  add("ff_out", c.D * (c.d_ff + 1), 0, c.D * (2 * c.d_ff + 1) + c.D);
}

}  // namespace

std::vector<Component> components(const ModelConfig& config, std::size_t context) {
  validate(config);
  std::vector<Component> parts;
  parts.push_back({"embedding", 1, config.vocab * config.D(), 0, 0});
  if (config.sca_blocks() > 0) add_sca_block(config.layer, config.sca_blocks(), parts);
  if (config.attention_blocks() > 0) {
    add_transformer_block(config.block, config.attention_blocks(), context, parts);
  }
  parts.push_back({"head (tied)", 1, 0, 0, 2 * config.vocab * config.D()});
  return parts;
}

Totals totals(const std::vector<Component>& components) {
  Totals sum;
  for (const Component& part : components) {
    sum.parameters += part.copies * part.parameters;
    sum.state += part.copies * part.state;
    sum.flops += part.copies * part.flops;
  }
  return sum;
}

}  // namespace sca::reference
