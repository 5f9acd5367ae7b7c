#pragma once

#include "kernels/cuda/operators/grid.cuh"

namespace sca::kernels::cuda {

/// The gradient by x where that by softplus(x) is g. Neither g sigmoid(x), which is 0 where e^-x overflows,
/// nor g / (1 + e^-x), which is rounded three times where the derivative is nearly 1.
__device__ inline float softplus_backward(float x, float linear_above, float g) {
  if (x > linear_above) return g;
  const float fall = exponential(-fabsf(x));
  const float below = g * (fall / (1.0F + fall));
  return x < 0.0F ? below : g - below;
}

__device__ inline void bounded_theta_backward(const GridMaps& maps, std::int64_t M, const float* raw,
                                              const float* theta_gradient, float* raw_gradient) {
  const float span = maps.theta_span;
  if (M == 1) {
    raw_gradient[0] += theta_gradient[0] * span * activation_slope<false>(raw[0], sigmoid(raw[0]));
    return;
  }
  const Nodes nodes(maps, M, raw);
  float by_total = 0;
  float node = 0;
  for (std::int64_t m = 0; m < M; ++m) {
    node += nodes.step(m);
    by_total -= theta_gradient[m] * (span * node / nodes.total / nodes.total);
  }
  float by_step = by_total;  // and by every node from this one on
  for (std::int64_t m = M - 1; m >= 0; --m) {
    by_step += theta_gradient[m] * span / nodes.total;
    raw_gradient[m] += softplus_backward(raw[m], maps.softplus_switch, by_step);
  }
}

__device__ inline void normalised_omega_backward(const GridMaps& maps, std::int64_t M, const float* raw,
                                                 const float* omega_gradient, float* raw_gradient) {
  const Quotients weights(maps, M, raw);
  float along = 0;
  for (std::int64_t m = 0; m < M; ++m) along += omega_gradient[m] * (weights.power(m) / weights.total);
  for (std::int64_t m = 0; m < M; ++m)
    raw_gradient[m] += weights.power(m) * ((omega_gradient[m] - along) / weights.total);
}

__device__ inline void grid_backward(const GridBackwardArguments& a) {
  const std::int64_t M = a.shape.M;
  const auto add = [&](const float* gradient, float* raw_gradient) {
    for (std::int64_t m = 0; m < M; ++m) raw_gradient[m] += gradient[m];
  };
  each_channel_and_head(
      a.shape,
      [&](std::int64_t i) {
        const std::int64_t at = i * M;
        if (a.maps.theta_is_bounded)
          bounded_theta_backward(a.maps, M, a.theta_raw + at, a.theta_gradient + at,
                                 a.theta_raw_gradient + at);
        else
          add(a.theta_gradient + at, a.theta_raw_gradient + at);
        if (a.maps.omega_is_normalised)
          normalised_omega_backward(a.maps, M, a.omega_raw + at, a.omega_gradient + at,
                                    a.omega_raw_gradient + at);
        else
          add(a.omega_gradient + at, a.omega_raw_gradient + at);
      },
      [&](std::int64_t k) {
        const float slope = *of_head(a.shape, k, a.decay_slopes, a.anchor_slopes);
        float* const by_slope = of_head(a.shape, k, a.decay_slopes_gradient, a.anchor_slopes_gradient);
        *by_slope += softplus_backward(slope, a.maps.softplus_switch, a.rate_gradient[k]);
      });
}

}  // namespace sca::kernels::cuda
