#pragma once

#include <numbers>

#include "evidence/hash.hpp"
#include "evidence/networks/sizes.hpp"
#include "experiments/probe/layer_tokens.hpp"
#include "kernels/network/network.hpp"
#include "kernels/registry.hpp"

namespace sca::experiments::ablation {

/// Number i of a stream, in [-1, 1).
inline double drawn(std::uint64_t stream, std::int64_t i) {
  return evidence::signed_unit(11, stream, static_cast<std::uint64_t>(i));
}

inline constexpr reference::Dialect released_dialect = reference::Dialect::released();
/// Its decay is carried recursively.
inline const reference::Dialect paper_dialect = reference::Dialect::paper();

/// A layer of one head on the lattice of Theorem 1: nodes 2 pi m / M with equal weights, so that the
/// theorem's query is exact for tokens whose phases are different multiples of 2 pi / M. shape    multiples
/// [t], below M; keys [H, t]
inline LayerTokens lattice_tokens(std::int64_t M, const std::vector<std::int64_t>& multiples,
                                  const Eigen::MatrixXd& keys) {
  const Eigen::Index H = keys.rows();
  const Eigen::Index t = keys.cols();
  LayerTokens made{.K = 1,
                   .H = H,
                   .M = M,
                   .taps = 1,
                   .dialect = paper_dialect,
                   .value = keys,
                   .wave = Eigen::MatrixXcd(H * M, t),
                   .f = Eigen::MatrixXcd(H * M, t),
                   .reading = Eigen::MatrixXcd::Ones(H * M, t),
                   .arrival = Eigen::MatrixXd::Ones(1, t),
                   .discount = Eigen::VectorXd::Ones(1),
                   .omega = Eigen::VectorXd::Constant(H * M, 1 / static_cast<double>(M))};
  for (Eigen::Index tau = 0; tau < t; ++tau) {
    for (Eigen::Index i = 0; i < H * M; ++i) {
      const auto turns = static_cast<double>(i % M * multiples[static_cast<std::size_t>(tau)] % M);
      made.wave(i, tau) = std::polar(1.0, 2 * std::numbers::pi * turns / static_cast<double>(M));
      made.f(i, tau) = keys(i / M, tau) * made.wave(i, tau);
    }
  }
  return made;
}

inline Eigen::MatrixXd random_keys(Eigen::Index H, Eigen::Index t) {
  return Eigen::MatrixXd::NullaryExpr(
      H, t, [&](Eigen::Index h, Eigen::Index tau) { return drawn(1, tau * H + h); });
}

/// Three blocks (SCA, SCA, attention), then one SCA block.
inline reference::ModelConfig small_config() {
  reference::ModelConfig c;
  c.vocab = 12;
  c.num_layers = 4;
  c.ratio = 2;
  c.layer = {.D = 8, .K = 2, .Kq = 2, .M = 2, .H = 3, .ck = 2, .anchors = 1, .E = 3, .maxlen = 16};
  c.block = {.D = 8, .num_heads = 2, .num_kv_heads = 1, .d_ff = 6, .qk_norm = true, .maxlen = 16};
  return c;
}

inline kernels::Implementation<float> plain_implementation() {
  const sca_core_kernel* core = nullptr;
  for (const sca_core_kernel* one : kernels::core_kernels()) {
    if (one->dtype == SCA_F32 && core == nullptr) core = one;  // the plain one comes first
  }
  return {kernels::f32_operators().front(), core, 1};
}

/// With parameters in [-0.7, 0.7], gains and scales in [0.3, 1.7].
inline void fill_parameters(kernels::Network<float>& network) {
  for (const kernels::Parameter& one : network.parameters()) {
    const bool is_gain = one.name.ends_with("scale") || one.name.ends_with("norm.weight");
    for (std::int64_t i = 0; i < one.count; ++i)
      network.values()[static_cast<std::size_t>(one.offset + i)] =
          static_cast<float>(0.7 * drawn(evidence::hashed(one.name), i) + (is_gain ? 1 : 0));
  }
}

inline std::vector<std::int64_t> random_ids(std::int64_t count, std::int64_t vocab, std::uint64_t stream) {
  std::vector<std::int64_t> ids;
  for (std::int64_t i = 0; i < count; ++i)
    ids.push_back(static_cast<std::int64_t>(evidence::mixed(stream * 1000 + static_cast<std::uint64_t>(i)) %
                                            static_cast<std::uint64_t>(vocab)));
  return ids;
}

}  // namespace sca::experiments::ablation
