#pragma once

#include "kernels/cuda/core/backward_arguments.hpp"
#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda {

/// Where number `at` of head k's parameter gradients goes.
__device__ inline float& parameter_gradient(const BackwardArguments& a, std::int64_t k, std::int64_t at) {
  const std::int64_t width = a.parts.samples;
  if (at < width) return a.theta[k * width + at];
  if (at < 2 * width) return a.omega[k * width + at - width];
  switch (at - 2 * width) {
    case ParameterParts::of_rate: return a.rate[k];
    case ParameterParts::of_score_scale: return a.score_scale[k];
    case ParameterParts::of_score_bias: return a.score_bias[k];
    default: return a.phase_scale[k];
  }
}

/// The gradients by parameters: of what the chunks left, each sequence's first. One thread a number; zeros
/// where there is no token.
__device__ inline void sum_parameter_parts(const BackwardArguments& a) {
  const std::int64_t chunks = chunks_of(a.in.shape.L);
  const std::int64_t width = ParameterParts::width_of(a.parts.samples);
  const std::int64_t row = a.in.shape.K * width;
  const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * core_threads + threadIdx.x;
  if (i >= row) return;
  float sum = 0;
  std::int64_t at = i;
  for (std::int64_t b = 0; b < a.in.shape.B; ++b) {
    float of_sequence = 0;
    for (std::int64_t c = 0; c < chunks; ++c, at += row) of_sequence += a.parts.first[at];
    sum += of_sequence;
  }
  parameter_gradient(a, i / width, i % width) = sum;
}

}  // namespace sca::kernels::cuda
