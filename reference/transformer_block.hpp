#pragma once

#include "reference/activation.hpp"
#include "reference/block_parameters.hpp"
#include "reference/mix.hpp"
#include "reference/norm.hpp"
#include "reference/rotary.hpp"
#include "reference/scalars.hpp"
#include "reference/softmax.hpp"

namespace sca::reference {

/// What the released code adds to the score of a masked key and puts in the place of a later one's: finite,
/// so that a query all of whose keys are masked sees the future.
inline constexpr double masked_score = -1e4;

/// A key's score under a mask, as released. `kept`: 1 keeps the key, 0 masks it.
template <class Real>
Real masked(const Real& score, const Real& kept, bool is_later) {
  if (is_later) return Real(masked_score);
  return Real(score + Real(Real(Real(1) - kept) * Real(masked_score)));
}

/// A pre-norm transformer block ready to run.
template <class Real>
struct TransformerBlock {
  BlockConfig config;
  double norm_epsilon;
  BlockParameters<Real> parameters;
  RotaryTable<Real> rotary;
};

/// Throws std::invalid_argument that names what does not fit.
template <class Real>
TransformerBlock<Real> make_transformer_block(const BlockConfig& config, double norm_epsilon,
                                              BlockParameters<Real> parameters) {
  validate(config);
  visit(config, parameters, [](const char* name, const Shape& shape, const Tensor<Real>& tensor) {
    require_shape(name, shape, tensor);
  });
  return {config, norm_epsilon, std::move(parameters), rotary_table<Real>(config.maxlen, config.hd())};
}

/// Keys and values of the tokens seen: keys after rotation and normalisation; the convolution's last inputs.
/// shape    k, v [B, maxlen, num_kv_heads, hd], zeros from pos on; conv [B, ck - 1, D], zeros before the
/// first
///          token
template <class Real>
struct BlockState {
  Tensor<Real> k;
  Tensor<Real> v;
  Tensor<Real> conv;
  std::size_t pos = 0;
};

template <class Real>
BlockState<Real> initial_state(const BlockConfig& c, std::size_t B) {
  const auto zeros = Tensor<Real>::zeros({B, c.maxlen, c.num_kv_heads, c.hd()});
  return {zeros, zeros, Tensor<Real>::zeros({B, c.ck > 0 ? c.ck - 1 : 0, c.D}), 0};
}

/// Every head of a projected token: rotation by position t, then qk_norm where configured.
template <class Real>
void position(const TransformerBlock<Real>& block, std::size_t t, std::span<Real> heads) {
  const std::size_t hd = block.config.hd();
  for (std::size_t i = 0; i < heads.size(); i += hd) {
    rotate<Real>(block.rotary, t, heads.subspan(i, hd));
    if (block.config.qk_norm) normalise<Real>(heads.subspan(i, hd), block.norm_epsilon);
  }
}

/// q of token t in row b; its k and v enter the cache at t.
/// shape    x [D] -> q [num_heads, hd]
template <class Real>
std::vector<Real> project_token(const TransformerBlock<Real>& block, std::span<const Real> x, std::size_t b,
                                std::size_t t, BlockState<Real>& state) {
  const BlockConfig& c = block.config;
  const BlockParameters<Real>& p = block.parameters;
  std::vector<Real> y(x.begin(), x.end());
  rms_norm<Real>(y, p.norm1_scale.data, block.norm_epsilon);
  if (c.ck > 0) {
    const std::vector<Real> u = y;
    convolve_next<Real>(p.conv_weight, state.conv.row(b, (c.ck - 1) * c.D), u, y);
  }
  std::vector<Real> q(c.D, Real(0));
  multiply<Real>(p.q_proj_weight.data, y, q);
  position<Real>(block, t, q);
  const std::span<Real> k = state.k.row(b * c.maxlen + t, c.kv());
  multiply<Real>(p.k_proj_weight.data, y, k);
  position<Real>(block, t, k);
  multiply<Real>(p.v_proj_weight.data, y, state.v.row(b * c.maxlen + t, c.kv()));
  return q;
}

/// softmax(q k / sqrt(hd)) v over keys 0 … keys - 1; score(i, s) may change the score of key i.
/// shape    q [num_heads, hd] -> [num_heads, hd]
template <class Real, class Score>
std::vector<Real> attend(const TransformerBlock<Real>& block, std::span<const Real> q, std::size_t b,
                         const BlockState<Real>& state, std::size_t keys, Score score) {
  using std::sqrt;
  const BlockConfig& c = block.config;
  const std::size_t hd = c.hd();
  const Real root = sqrt(Real(static_cast<double>(hd)));
  std::vector<Real> result(c.D, Real(0));
  std::vector<Real> scores(keys, Real(0));
  for (std::size_t h = 0; h < c.num_heads; ++h) {
    const auto row = [&](const Tensor<Real>& cache, std::size_t i) {
      return cache.row((b * c.maxlen + i) * c.num_kv_heads + h / (c.num_heads / c.num_kv_heads), hd);
    };
    for (std::size_t i = 0; i < keys; ++i) {
      const auto k = row(state.k, i);
      Real dot(0);
      for (std::size_t j = 0; j < hd; ++j) Scalar<Real>::add_product(dot, q[h * hd + j], k[j]);
      scores[i] = score(i, Real(dot / root));
    }
    softmax<Real>(scores);
    for (std::size_t i = 0; i < keys; ++i) {
      const auto v = row(state.v, i);
      for (std::size_t j = 0; j < hd; ++j) Scalar<Real>::add_product(result[h * hd + j], scores[i], v[j]);
    }
  }
  return result;
}

/// x + W_o heads, then the gated feed-forward with its residual: ff_in's first half is linear, its second
/// gates.
/// shape    x, out [D]; heads [num_heads, hd]
template <class Real>
void finish_token(const TransformerBlock<Real>& block, std::span<const Real> x, std::span<const Real> heads,
                  std::span<Real> out) {
  const BlockParameters<Real>& p = block.parameters;
  const std::size_t d_ff = block.config.d_ff;
  multiply<Real>(p.out_proj_weight.data, heads, out);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += x[i];
  std::vector<Real> y(out.begin(), out.end());
  rms_norm<Real>(y, p.norm2_scale.data, block.norm_epsilon);
  std::vector<Real> both(2 * d_ff, Real(0));
  multiply<Real>(p.ff_in_weight.data, y, both);
  for (std::size_t i = 0; i < 2 * d_ff; ++i) both[i] += p.ff_in_bias.data[i];
  std::vector<Real> hidden(d_ff, Real(0));
  glu<Real>(both, hidden, [](const Real& b) { return silu(b); });
  multiply<Real>(p.ff_out_weight.data, hidden, y);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += Real(y[i] + p.ff_out_bias.data[i]);
}

/// What the forward pass leaves.
/// shape    out [B, L, D]; the state is that after L steps
template <class Real>
struct BlockTrace {
  Tensor<Real> out;
  BlockState<Real> state;
};

/// The block over a sequence. `mask` [B, L] (1 keeps a key, 0 masks it) may be absent (empty).
///
/// shape    x [B, L, D], L <= maxlen
/// source   paper section 2.1: pre-norm, RMSNorm, RoPE, GQA, SwiGLU; the released code for the rest
template <class Real>
BlockTrace<Real> forward(const TransformerBlock<Real>& block, const Tensor<Real>& x,
                         const Tensor<Real>& mask = {}) {
  const BlockConfig& c = block.config;
  const std::size_t L = x.shape.at(1);
  require_shape("x", {x.shape[0], L, c.D}, x);
  if (L > c.maxlen) throw std::invalid_argument("transformer block: more tokens than maxlen");
  if (!mask.data.empty()) require_shape("mask", {x.shape[0], L}, mask);
  BlockTrace<Real> trace{Tensor<Real>::zeros(x.shape), initial_state<Real>(c, x.shape[0])};
  trace.state.pos = L;
  for (std::size_t b = 0; b < x.shape[0]; ++b) {
    std::vector<std::vector<Real>> q;
    for (std::size_t t = 0; t < L; ++t)
      q.push_back(project_token<Real>(block, x.row(b * L + t, c.D), b, t, trace.state));
    for (std::size_t t = 0; t < L; ++t) {
      const auto score = [&](std::size_t i, const Real& s) {
        if (mask.data.empty()) return i > t ? Real(masked_score) : s;
        return masked(s, mask.data[b * L + i], i > t);
      };
      const auto heads = attend<Real>(block, q[t], b, trace.state, L, score);
      finish_token<Real>(block, x.row(b * L + t, c.D), heads, trace.out.row(b * L + t, c.D));
    }
  }
  return trace;
}

/// The block for one token, from its cache; never masks, as released.
/// shape    x [B, D] -> [B, D]
/// domain   state.pos < maxlen
template <class Real>
Tensor<Real> step(const TransformerBlock<Real>& block, const Tensor<Real>& x, BlockState<Real>& state) {
  const BlockConfig& c = block.config;
  require_shape("x", {state.k.shape[0], c.D}, x);
  if (state.pos >= c.maxlen) throw std::invalid_argument("transformer block: the cache is full (maxlen)");
  auto out = Tensor<Real>::zeros(x.shape);
  for (std::size_t b = 0; b < x.shape[0]; ++b) {
    const auto q = project_token<Real>(block, x.row(b, c.D), b, state.pos, state);
    const auto keep = [](std::size_t, const Real& s) { return s; };
    const auto heads = attend<Real>(block, q, b, state, state.pos + 1, keep);
    finish_token<Real>(block, x.row(b, c.D), heads, out.row(b, c.D));
  }
  ++state.pos;
  return out;
}

#define SCA_DECLARE(Real)                                                                      \
  extern template BlockTrace<Real> forward(const TransformerBlock<Real>&, const Tensor<Real>&, \
                                           const Tensor<Real>&);                               \
  extern template Tensor<Real> step(const TransformerBlock<Real>&, const Tensor<Real>&, BlockState<Real>&);
SCA_FOR_EACH_SCALAR(SCA_DECLARE)
#undef SCA_DECLARE

}  // namespace sca::reference
