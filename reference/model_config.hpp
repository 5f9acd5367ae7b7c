#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "reference/block_config.hpp"
#include "reference/layer_config.hpp"

namespace sca::reference {

/// The hybrid model: `ratio` SCA blocks, then a transformer block, and so on; transformer blocks come `shift`
/// blocks earlier than that, 0 as released. `layer.D` and `block.D` are the model's dimension, which must
/// agree.
struct ModelConfig {
  std::size_t vocab = 1;
  std::size_t num_layers = 0;
  std::size_t ratio = 2;  // 0: transformer blocks only; num_layers or more: SCA blocks only
  LayerConfig layer;
  BlockConfig block;
  std::size_t shift = 0;

  std::size_t D() const { return layer.D; }
  /// Whether block i, counted from 0, is a transformer block.
  bool is_attention(std::size_t i) const { return (i + 1 + shift) % (ratio + 1) == 0; }
  std::size_t attention_blocks() const { return (num_layers + shift) / (ratio + 1); }
  std::size_t sca_blocks() const { return num_layers - attention_blocks(); }

  /// Nautile-370M: the paper's table in section 2; 100,300 rows as released (the tokenizer cl100k_base,
  /// padded).
  static ModelConfig nautile_370m() {
    ModelConfig c;
    c.vocab = 100300;
    c.num_layers = 24;
    c.ratio = 2;
    c.layer = {
        .D = 1024, .K = 16, .Kq = 16, .M = 2, .H = 64, .ck = 4, .anchors = 0, .E = 192, .maxlen = 1024};
    c.block = {.D = 1024, .num_heads = 16, .num_kv_heads = 4, .d_ff = 2730, .qk_norm = true, .maxlen = 1024};
    return c;
  }

  static constexpr std::array presets{std::string_view("nautile-370m")};
  static std::optional<ModelConfig> preset(std::string_view name) {
    if (name == presets[0]) return nautile_370m();
    return std::nullopt;
  }
};

/// Throws std::invalid_argument that names the first field which cannot be.
inline void validate(const ModelConfig& c) {
  validate(c.layer);
  validate(c.block);
  if (c.layer.D != c.block.D) throw std::invalid_argument("model: layer.D and block.D differ");
  if (c.shift > c.ratio) throw std::invalid_argument("model: shift must not exceed ratio");
  if (c.vocab == 0) throw std::invalid_argument("model: vocab must be positive");
}

}  // namespace sca::reference
