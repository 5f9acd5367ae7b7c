#pragma once

#include <cstdint>

#include "kernels/network/implementation.hpp"

namespace sca::kernels {

/// The sizes of an SCA layer, named as in the paper. E is the width that a head's readout has.
struct LayerSizes {
  std::int64_t D, K, Kq, H, M, ck, anchors, E;
  std::int64_t maxlen;  // 0: none

  std::int64_t KH() const { return K * H; }
  std::int64_t KHM() const { return K * H * M; }
  std::int64_t C() const { return KH() + K + 2 * Kq * H * M; }  // channels of the projection: k, s, q
};

/// The sizes of a transformer block.
struct TransformerSizes {
  std::int64_t D, heads, kv_heads, d_ff, maxlen;
  bool normalises;      // q and k
  std::int64_t ck = 0;  // taps of a convolution with SiLU in front of q, k and v, as in Step 1; 0: none

  std::int64_t hd() const { return D / heads; }
  std::int64_t kv() const { return kv_heads * hd(); }
};

/// The hybrid model: `ratio` SCA blocks, then a transformer block, and so on; transformer blocks come `shift`
/// blocks earlier than that. domain   0 <= shift <= ratio
struct NetworkSizes {
  std::int64_t vocab, blocks, ratio;
  LayerSizes layer;
  TransformerSizes transformer;
  std::int64_t shift = 0;

  std::int64_t D() const { return layer.D; }
  bool is_attention(std::int64_t i) const { return (i + 1 + shift) % (ratio + 1) == 0; }
  /// Transformer blocks before block i; of all: i = blocks.
  std::int64_t attention_before(std::int64_t i) const { return (i + shift) / (ratio + 1); }
};

/// The choices of a dialect, as numbers: which of them Algorithm 1 has and which the released code is not
/// known here.
struct Rules {
  GridRules grid;
  double weight_low, weight_high, softplus_switch, weight_floor;  // of the core: sca_core_rules
  bool saturate_distance, recursive_decay, over_root_h;
  bool inner_product_phase, plain_summary, unnormalised;
  std::int64_t step_origin;  // what a step's decay counts towards where there is no maxlen
  bool gate_after;           // in Step 6's norm
  bool silu_readout;         // in Step 6's gated linear unit; else a sigmoid
  double norm_epsilon;
};

}  // namespace sca::kernels
