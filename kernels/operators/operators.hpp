#pragma once

#include <cstdint>

#include "kernels/cpu/core/storage.hpp"
#include "kernels/plugin.h"

namespace sca::kernels {

// What a network is made of besides the core (kernels/plugin.h): one struct a call, one function pointer an
// operator, one table of them an implementation.
//
// shape    row-major and contiguous, aligned as the element type; the tokens of a sequence lie one after the
//          other, so that rows = B L
// domain   every size may be 0, except where a mean is taken over it. Results overlap nothing else
// error    gradients by activations overwrite what is there, or are added to it where the call `adds`;
//          gradients by parameters are always added. A NaN is handed on as the formulas do
// memory   nothing allocates but threads, and a call that needs more scratch than any before it on its thread
// threads  at most so many, 0: as many as the machine has; they change no bit of any result

/// y = x W^T + b. source: the released code's projections; paper section 2.2.4, Steps 1 and 6
template <class Real, class Stored = Real>
struct LinearForward {
  std::int64_t rows, in, out;
  const Real* x;         // [rows, in]
  const Stored* weight;  // [out, in]
  const Real* bias;      // [out]; null: none
  Real* y;               // [rows, out]
  bool adds;
  std::int32_t threads;
};
template <class Real>
struct LinearByInput {
  std::int64_t rows, in, out;
  const Real* weight;
  const Real* y_gradient;
  Real* x_gradient;
  bool adds;
  std::int32_t threads;
};
template <class Real>
struct LinearByParameters {
  std::int64_t rows, in, out;
  const Real* x;
  const Real* y_gradient;
  Real* weight_gradient;
  Real* bias_gradient;  // null: there is none
  std::int32_t threads;
};

/// How raw parameters become the core's: theta a map into (floor, floor + span] or raw, omega normalised or
/// raw. source: paper section 2.2.4, Step 3; the released code for the maps
struct GridRules {
  bool theta_is_bounded;
  double theta_floor, theta_span, theta_increment;
  bool omega_is_normalised;
  double omega_epsilon;
  double softplus_switch;  // infinity: none
};
/// M = 1: theta = floor + span sigmoid(raw). M > 1: d = softplus(raw) + increment, a = cumsum_m d,
/// theta = floor + span a / a_M. omega = e^raw / (sum_m e^raw + epsilon). rate = softplus(slope).
template <class Real>
struct GridForward {
  std::int64_t K, H, M, anchors;
  GridRules rules;
  const Real *theta_raw, *omega_raw;         // [K, H, M]
  const Real *decay_slopes, *anchor_slopes;  // [K - anchors], [anchors]
  Real *theta, *omega, *rate;                // [K, H, M], the same, [K]
};
template <class Real>
struct GridBackward {
  std::int64_t K, H, M, anchors;
  GridRules rules;
  const Real *theta_raw, *omega_raw, *decay_slopes, *anchor_slopes;
  const Real *theta_gradient, *omega_gradient, *rate_gradient;
  Real *theta_raw_gradient, *omega_raw_gradient, *decay_slopes_gradient, *anchor_slopes_gradient;
};

/// z_t = silu(sum_j conv[c, j] u_{t - (ck - 1) + j}): causal depthwise convolution, SiLU.
/// source: paper section 2.2.4, Step 1
template <class Real>
struct MixForward {
  std::int64_t B, L, C, ck;
  const Real* u;            // [B, L, C]
  const Real* conv_weight;  // [C, ck]
  Real* z;                  // [B, L, C]
  /// The last ck - 1 rows of u before these, oldest first, [B, ck - 1, C]; advanced by L rows. Null: zeros,
  /// and nothing is kept.
  Real* state;
  std::int32_t threads;
};
/// Of a convolution that began with zeros.
template <class Real>
struct MixBackward {
  std::int64_t B, L, C, ck;
  const Real* u;
  const Real* conv_weight;
  const Real* z_gradient;
  Real* u_gradient;
  Real* conv_gradient;
  std::int32_t threads;
};

/// v = rms(o silu(g)) gain, or rms(o) gain silu(g) where the gate comes after; rms(x) = x / sqrt(mean x^2 +
/// epsilon). source: paper section 2.2.4, Step 6
template <class Real>
struct GatedNormForward {
  std::int64_t rows, width;
  double epsilon;
  bool gate_after;
  const Real* o;     // [rows, width]
  const Real* gate;  // [rows, width], before its SiLU
  const Real* gain;  // [width]
  Real* v;           // [rows, width]
  std::int32_t threads;
};
template <class Real>
struct GatedNormBackward {
  std::int64_t rows, width;
  double epsilon;
  bool gate_after;
  const Real *o, *gate, *gain;
  const Real* v_gradient;
  Real *o_gradient, *gate_gradient;
  Real* gain_gradient;
  std::int32_t threads;
};

/// Per head k: (a | b) = v_k W_k; y_k = a sigmoid(b), or a silu(b). source: paper section 2.2.4, Step 6
template <class Real, class Stored = Real>
struct ReadoutForward {
  std::int64_t rows, K, width, E;  // width = 2 H
  bool silu;
  const Real* v;         // [rows, K, width]
  const Stored* weight;  // [K, width, 2 E]
  Real* both;            // [rows, K, 2 E]: a and b, for the backward
  Real* y;               // [rows, K, E]
  std::int32_t threads;
};
template <class Real>
struct ReadoutBackward {
  std::int64_t rows, K, width, E;
  bool silu;
  const Real *v, *weight, *both;
  const Real* y_gradient;
  Real* both_gradient;  // [rows, K, 2 E]
  Real* v_gradient;
  Real* weight_gradient;
  std::int32_t threads;
};

/// y = x / sqrt(mean x^2 + epsilon) gain. source: paper section 2.1
template <class Real>
struct NormForward {
  std::int64_t rows, width;
  double epsilon;
  const Real* x;     // [rows, width]
  const Real* gain;  // [width]
  Real* y;
  std::int32_t threads;
};
template <class Real>
struct NormBackward {
  std::int64_t rows, width;
  double epsilon;
  const Real *x, *gain;
  const Real* y_gradient;
  Real* x_gradient;
  Real* gain_gradient;
  bool adds;
  std::int32_t threads;
};

/// Rotary position embedding in half-split pairs (j, j + hd / 2), then x / sqrt(mean x^2 + epsilon) over a
/// head where `normalises`. source: paper section 2.1
template <class Real>
struct PositionForward {
  std::int64_t B, L, heads, hd;
  std::int64_t position;  // of the first token
  bool normalises;
  double epsilon;
  const Real *cosine, *sine;  // [at least position + L, hd / 2]
  const Real* x;              // [B, L, heads, hd]
  Real* y;                    // the same; sequences lie y_stride elements apart, as in a cache
  std::int64_t y_stride;
  std::int32_t threads;
};
template <class Real>
struct PositionBackward {
  std::int64_t B, L, heads, hd;
  std::int64_t position;
  bool normalises;
  double epsilon;
  const Real *cosine, *sine;
  const Real* x;
  const Real* y_gradient;  // [B, L, heads, hd]
  Real* x_gradient;
  std::int32_t threads;
};

/// softmax(q k / sqrt(hd)) v, query t over keys 0 ... position + t. Query head h reads key head h / (heads /
/// kv_heads). With a mask, as released: score + (1 - mask) (-1e4), and -1e4 in place of a later key's score,
/// over all keys. source: paper section 2.1; the released code for the mask
template <class Real>
struct AttentionForward {
  std::int64_t B, L, heads, kv_heads, hd;
  std::int64_t position;   // tokens whose keys are there already
  std::int64_t kv_stride;  // elements between the sequences of k and v
  const Real* q;           // [B, L, heads, hd]
  const Real *k, *v;       // [B, position + L, kv_heads, hd]
  const Real* mask;        // [B, L]: 1 keeps a key, 0 masks it; null: none. Only with position = 0
  Real* y;                 // [B, L, heads, hd]
  Real* log_sum;           // [B, L, heads]: log sum e^score, for the backward; null: not wanted
  std::int32_t threads;
};
/// From position 0, k and v contiguous.
template <class Real>
struct AttentionBackward {
  std::int64_t B, L, heads, kv_heads, hd;
  const Real *q, *k, *v;
  const Real* mask;
  const Real *y, *log_sum;  // as the forward left them
  const Real* y_gradient;
  Real *q_gradient, *k_gradient, *v_gradient;
  std::int32_t threads;
};

/// h = a silu(b) of (a | b). source: paper section 2.1
template <class Real>
struct SwigluForward {
  std::int64_t rows, width;
  const Real* both;  // [rows, 2 width]
  Real* h;           // [rows, width]
  std::int32_t threads;
};
template <class Real>
struct SwigluBackward {
  std::int64_t rows, width;
  const Real* both;
  const Real* h_gradient;
  Real* both_gradient;
  std::int32_t threads;
};

/// x_i = table[id_i]. domain: 0 <= id < vocab
template <class Real, class Stored = Real>
struct EmbeddingForward {
  std::int64_t rows, vocab, width;
  const std::int64_t* ids;  // [rows]
  const Stored* table;      // [vocab, width]
  Real* x;                  // [rows, width]
  std::int32_t threads;
};
template <class Real>
struct EmbeddingBackward {
  std::int64_t rows, vocab, width;
  const std::int64_t* ids;
  const Real* x_gradient;
  Real* table_gradient;
  std::int32_t threads;
};

/// The mean over the labelled rows of log sum_j e^{s_j} - s_label, and its gradient by s. Rows whose label is
/// negative count for nothing; without a labelled row loss and gradient are 0.
template <class Real>
struct CrossEntropy {
  std::int64_t rows, vocab;
  const Real* logits;          // [rows, vocab]
  const std::int64_t* labels;  // [rows]: below vocab; negative: ignored
  Real* loss;                  // one number
  Real* losses;                // [rows]: of each row, 0 where it is ignored
  Real* logits_gradient;       // [rows, vocab]; null: not wanted
  std::int32_t threads;
};

/// One step of AdamW: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, with g = scale gradient;
/// p = (1 - rate decay) p - rate / (1 - beta1^step) m / (sqrt(v) / sqrt(1 - beta2^step) + epsilon).
/// What depends on the rates alone is formed in double and rounded once: 1 - beta1, 1 - beta2, 1 - rate
/// decay, rate / (1 - beta1^step), sqrt(1 - beta2^step). source: Loshchilov and Hutter 2019, as PyTorch
/// computes it
template <class Real>
struct AdamW {
  std::int64_t count;
  std::int64_t step;  // from 1 on
  double rate, beta1, beta2, epsilon, decay;
  double scale;          // of the gradient: what clipping leaves of it
  const Real* gradient;  // [count]
  Real *p, *m, *v;
  std::int32_t threads;
};

/// sum_i += x_i: gradients by parameters that nothing stands before.
template <class Real>
struct Accumulate {
  std::int64_t count;
  const Real* x;  // [count]
  Real* sum;      // [count]
};

/// sum x^2, in double, for clipping.
template <class Real>
struct SquaredNorm {
  std::int64_t count;
  const Real* x;
  double* sum;
  std::int32_t threads;
};

/// An implementation. An operator that it does not have is null; networks need all.
template <class Real>
struct Operators {
  const char* name;                  // PRECISION/HOW, as f32/serial
  const sca_arithmetic* arithmetic;  // without a depth: additions in any order
  /// How activations and gradients by them are stored: where not as Real, a call's pointers to them are to
  /// such numbers, and what is stored is rounded once more. All else is Real.
  sca_dtype storage = dtype_of<Real>;
  void (*linear)(const LinearForward<Real>&);
  void (*linear_by_input)(const LinearByInput<Real>&);
  void (*linear_by_parameters)(const LinearByParameters<Real>&);
  void (*grid)(const GridForward<Real>&);
  void (*grid_backward)(const GridBackward<Real>&);
  void (*mix)(const MixForward<Real>&);
  void (*mix_backward)(const MixBackward<Real>&);
  void (*gated_norm)(const GatedNormForward<Real>&);
  void (*gated_norm_backward)(const GatedNormBackward<Real>&);
  void (*readout)(const ReadoutForward<Real>&);
  void (*readout_backward)(const ReadoutBackward<Real>&);
  void (*norm)(const NormForward<Real>&);
  void (*norm_backward)(const NormBackward<Real>&);
  void (*position)(const PositionForward<Real>&);
  void (*position_backward)(const PositionBackward<Real>&);
  void (*attention)(const AttentionForward<Real>&);
  void (*attention_backward)(const AttentionBackward<Real>&);
  void (*swiglu)(const SwigluForward<Real>&);
  void (*swiglu_backward)(const SwigluBackward<Real>&);
  void (*embedding)(const EmbeddingForward<Real>&);
  void (*embedding_backward)(const EmbeddingBackward<Real>&);
  void (*cross_entropy)(const CrossEntropy<Real>&);
  void (*adamw)(const AdamW<Real>&);
  void (*accumulate)(const Accumulate<Real>&);
  void (*squared_norm)(const SquaredNorm<Real>&);
  // Of weights stored as bf16, which are widened where they are read: the results are those of the operators
  // above, of the widened weights, bit for bit.
  void (*linear_bf16)(const LinearForward<Real, BFloat16>&);
  void (*readout_bf16)(const ReadoutForward<Real, BFloat16>&);
  void (*embedding_bf16)(const EmbeddingForward<Real, BFloat16>&);
};

}  // namespace sca::kernels
