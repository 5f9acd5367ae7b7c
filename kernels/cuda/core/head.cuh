#pragma once

#include <cstdint>

#include "kernels/cuda/core/arguments.hpp"
#include "kernels/cuda/core/elementary.cuh"
#include "kernels/cuda/core/numbers.cuh"

namespace sca::kernels::cuda {

/// The numbers of token t of sequence b.
template <class Stored, class Tokens>
__device__ inline auto row(const Tokens& tokens, std::int64_t b, std::int64_t t) {
  using Element = std::conditional_t<std::is_same_v<Tokens, sca_const_tokens>, const Stored, Stored>;
  return static_cast<Element*>(tokens.data) + (b * tokens.sequence_stride + t * tokens.token_stride);
}

/// One memory head of one sequence, in one chunk of its tokens: what a block works on.
template <class Stored>
struct Head {
  /// Block i has chunk i % chunks of head i / chunks, heads of sequence after sequence.
  __device__ Head(const sca_core_inputs& call, std::int64_t chunks, std::int64_t block)
      : in(call),
        chunk(block % chunks),
        b(block / chunks / call.shape.K),
        k(block / chunks % call.shape.K),
        first(chunk * chunk_tokens),
        tokens(static_cast<int>(call.shape.L - first < chunk_tokens ? call.shape.L - first : chunk_tokens)),
        width(call.shape.H * call.shape.M),
        query_head(k / (call.shape.K / call.shape.Kq)),
        is_anchor(k >= call.shape.K - call.rules.anchors),
        is_recursive(call.rules.recursive_decay != 0 && !is_anchor),
        phase_scale(of_head(call.parameters.phase_scale)) {}

  __device__ const Stored* key(std::int64_t t) const { return row<Stored>(in.key, b, t) + k * in.shape.H; }
  __device__ const Stored* query(std::int64_t t) const {
    return row<Stored>(in.query, b, t) + query_head * width * 2;
  }
  __device__ const float* theta() const { return static_cast<const float*>(in.parameters.theta) + k * width; }
  __device__ const float* omega() const { return static_cast<const float*>(in.parameters.omega) + k * width; }
  __device__ float of_head(const void* parameter) const { return static_cast<const float*>(parameter)[k]; }

  /// What a state is multiplied by at every token.
  __device__ float discount() const {
    return is_recursive ? exponential(-of_head(in.parameters.rate)) : 1.0F;
  }
  /// softsign(phase_scale key)
  __device__ float encoded(float key_of_channel) const {
    const float x = phase_scale * key_of_channel;
    return x / (1.0F + fabsf(x));
  }
  /// Of the chunk's token i, whose distance is counted from `position` of the sequence's first one.
  __device__ float distance(std::int64_t position) const {
    if (is_anchor) return static_cast<float>(position);
    if (is_recursive) return 0.0F;
    const std::int64_t left = in.rules.horizon - 1 - position;
    return static_cast<float>(in.rules.saturate_distance != 0 && left < 0 ? 0 : left);
  }

  const sca_core_inputs& in;
  std::int64_t chunk, b, k;
  std::int64_t first;  // token of the chunk
  int tokens;          // in it
  std::int64_t width;  // H M
  std::int64_t query_head;
  bool is_anchor, is_recursive;
  float phase_scale;
};

/// A token's weight, and what its derivatives need.
struct Weight {
  float argument;  // of softplus
  float gate, distance, decay, unclipped, value;
};

/// Step 2.
template <class Stored>
__device__ inline Weight weigh(const Head<Stored>& head, std::int64_t t, std::int64_t position) {
  const sca_core_rules& rules = head.in.rules;
  const sca_core_parameters& parameters = head.in.parameters;
  const float score = to_float(row<Stored>(head.in.score, head.b, t)[head.k]);
  Weight weight;
  weight.argument = fmaf(head.of_head(parameters.score_scale), score, head.of_head(parameters.score_bias));
  weight.gate = softplus(weight.argument, static_cast<float>(rules.softplus_switch));
  weight.distance = head.distance(position);
  weight.decay = exponential(-(head.of_head(parameters.rate) * weight.distance));
  weight.unclipped = weight.gate * weight.decay;
  weight.value = weight.unclipped;
  // Written so that a NaN stays one.
  const auto low = static_cast<float>(rules.weight_low);
  const auto high = static_cast<float>(rules.weight_high);
  if (weight.value < low) weight.value = low;
  if (weight.value > high) weight.value = high;
  return weight;
}

/// 1 / max(Z, floor)
__device__ inline float inverse_weight(const sca_core_rules& rules, float weight) {
  const auto floor = static_cast<float>(rules.weight_floor);
  return 1.0F / (weight < floor ? floor : weight);
}

}  // namespace sca::kernels::cuda
