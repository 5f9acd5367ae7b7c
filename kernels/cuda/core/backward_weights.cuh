#pragma once

#include "kernels/cuda/core/backward_sample.cuh"
#include "kernels/cuda/core/growth.cuh"

namespace sca::kernels::cuda {

/// Step 2 backwards for one token: adds to the gradients by the rate and the score's parameters; returns the
/// score's own.
template <class Stored>
__device__ float weigh_token_back(const Head<Stored>& head, std::int64_t t, float by_weight,
                                  float (&by)[ParameterParts::scalars]) {
  const Weight weight = weigh(head, t, t);
  if (weight.value < weight.unclipped || weight.unclipped < weight.value) return 0.0F;
  by[ParameterParts::of_rate] -= by_weight * weight.unclipped * weight.distance;
  const float fall = exponential(-fabsf(weight.argument));
  const float slope = (weight.argument < 0.0F ? fall : 1.0F) / (1.0F + fall);
  const bool is_linear = weight.argument > static_cast<float>(head.in.rules.softplus_switch);
  const float by_argument = by_weight * weight.decay * (is_linear ? 1.0F : slope);
  const float score = to_float(row<Stored>(head.in.score, head.b, t)[head.k]);
  by[ParameterParts::of_score_scale] += by_argument * score;
  by[ParameterParts::of_score_bias] += by_argument;
  return by_argument * head.of_head(head.in.parameters.score_scale);
}

/// Step 2 backwards for the chunk's tokens, each its thread's; by_weights: by way of R and I alone. By all
/// threads of the block.
template <class Stored>
__device__ void weigh_back(const BackwardArguments& a, const Head<Stored>& head,
                           SharedArray<float, chunk_tokens>& by_weights, WarpGrowths& of_warps,
                           float (&by)[ParameterParts::scalars]) {
  const std::int64_t slot = slot_of(head);
  const int token = head.tokens - 1 - static_cast<int>(threadIdx.x);  // from the last one back
  const std::int64_t at = slot * chunk_tokens + token;
  const float discount = head.discount();
  Growth growth{1, 0};
  if (token >= 0) growth = {discount, a.tokens.by_total[at]};
  growth = scanned(growth, of_warps);
  if (token < 0) return;
  const float by_total = fmaf(growth.discount, a.gradients.weight[slot], growth.sum);
  if (head.is_recursive) {
    const float before = token > 0 ? a.tokens.total[at - 1] : a.states.weight[slot];
    by[ParameterParts::of_rate] -= by_total * (discount * before);
  }
  const std::int64_t t = head.first + token;
  const float by_score = weigh_token_back(head, t, by_total + by_weights[token], by);
  row<Stored>(a.score, head.b, t)[head.k] = from_float<Stored>(by_score);
}

}  // namespace sca::kernels::cuda
