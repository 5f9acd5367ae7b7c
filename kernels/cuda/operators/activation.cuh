#pragma once

#include "kernels/cuda/core/elementary.cuh"

namespace sca::kernels::cuda {

/// 1 / (1 + e^-x). Overflow of e^-x is harmless: the quotient is then 0.
__device__ inline float sigmoid(float x) { return 1.0F / (1.0F + exponential(-x)); }

/// x sigmoid(x) or sigmoid(x), and the slope of it, where y is sigmoid(x).
template <bool is_silu>
__device__ inline float activation(float x, float y) {
  return is_silu ? x * y : y;
}
template <bool is_silu>
__device__ inline float activation_slope(float x, float y) {
  const float slope = y * (1.0F - y);
  return is_silu ? fmaf(x, slope, y) : slope;
}

}  // namespace sca::kernels::cuda
