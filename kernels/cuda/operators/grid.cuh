#pragma once

#include "kernels/cuda/operators/activation.cuh"
#include "kernels/cuda/operators/arguments.hpp"

namespace sca::kernels::cuda {

/// f(i) for the channels that are the thread's, and g(k) for the heads: those follow the channels.
template <class F, class G>
__device__ inline void each_channel_and_head(const GridShape& shape, F f, G g) {
  const std::int64_t channels = shape.K * shape.H;
  const std::int64_t step = std::int64_t{gridDim.x} * blockDim.x;
  for (std::int64_t i = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x; i < channels + shape.K;
       i += step) {
    if (i < channels)
      f(i);
    else
      g(i - channels);
  }
}

/// What head k has of decays [K - anchors], or of anchors [anchors].
template <class T>
__device__ inline T* of_head(const GridShape& shape, std::int64_t k, T* decays, T* anchors) {
  const std::int64_t first_anchor = shape.K - shape.anchors;
  return k < first_anchor ? decays + k : anchors + (k - first_anchor);
}

/// One channel's nodes above the floor, before they are divided by their last, which is `total`. Computed
/// anew wherever they are needed: an array of M numbers would lie in memory.
struct Nodes {
  __device__ Nodes(const GridMaps& all_maps, std::int64_t M, const float* raw_nodes)
      : maps(all_maps), raw(raw_nodes), total(0) {
    for (std::int64_t m = 0; m < M; ++m) total += step(m);
  }

  /// What node m lies above the one before it.
  __device__ float step(std::int64_t m) const {
    return softplus(raw[m], maps.softplus_switch) + maps.theta_increment;
  }

  const GridMaps& maps;
  const float* raw;
  float total;
};

__device__ inline void bounded_theta(const GridMaps& maps, std::int64_t M, const float* raw, float* theta) {
  if (M == 1) {
    theta[0] = maps.theta_floor + maps.theta_span * sigmoid(raw[0]);
    return;
  }
  const Nodes nodes(maps, M, raw);
  float node = 0;
  for (std::int64_t m = 0; m < M; ++m) {
    node += nodes.step(m);
    theta[m] = maps.theta_floor + maps.theta_span * node / nodes.total;
  }
}

/// One channel's weights as quotients.
struct Quotients {
  __device__ Quotients(const GridMaps& maps, std::int64_t M, const float* raw_weights)
      : raw(raw_weights), shift(shift_of(M, raw_weights)), total(0) {
    for (std::int64_t m = 0; m < M; ++m) total += power(m);
    total += maps.omega_epsilon * exponential(-shift);
  }

  /// 0 unless the exponentials' sum overflows, since a difference is rounded.
  __device__ static float shift_of(std::int64_t M, const float* raw) {
    float largest = 0;
    float sum = 0;
    for (std::int64_t m = 0; m < M; ++m) {
      if (raw[m] > largest) largest = raw[m];
      sum += exponential(raw[m]);
    }
    return sum < INFINITY ? 0.0F : largest;
  }
  __device__ float power(std::int64_t m) const { return exponential(raw[m] - shift); }

  const float* raw;
  float shift, total;
};

__device__ inline void normalised_omega(const GridMaps& maps, std::int64_t M, const float* raw,
                                        float* omega) {
  const Quotients weights(maps, M, raw);
  for (std::int64_t m = 0; m < M; ++m) omega[m] = weights.power(m) / weights.total;
}

__device__ inline void grid(const GridArguments& a) {
  const std::int64_t M = a.shape.M;
  each_channel_and_head(
      a.shape,
      [&](std::int64_t i) {
        const float* const theta_raw = a.theta_raw + i * M;
        const float* const omega_raw = a.omega_raw + i * M;
        float* const theta = a.theta + i * M;
        float* const omega = a.omega + i * M;
        if (a.maps.theta_is_bounded)
          bounded_theta(a.maps, M, theta_raw, theta);
        else
          for (std::int64_t m = 0; m < M; ++m) theta[m] = theta_raw[m];
        if (a.maps.omega_is_normalised)
          normalised_omega(a.maps, M, omega_raw, omega);
        else
          for (std::int64_t m = 0; m < M; ++m) omega[m] = omega_raw[m];
      },
      [&](std::int64_t k) {
        const float slope = *of_head(a.shape, k, a.decay_slopes, a.anchor_slopes);
        a.rate[k] = softplus(slope, a.maps.softplus_switch);
      });
}

}  // namespace sca::kernels::cuda
