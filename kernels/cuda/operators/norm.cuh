#pragma once

#include "kernels/cuda/operators/activation.cuh"
#include "kernels/cuda/operators/teams.cuh"

namespace sca::kernels::cuda {

/// y = rms(x) gain, of x silu(gate) where the gate comes before, times silu(gate) where it comes after;
/// rms(x) = x / sqrt(mean x^2 + epsilon).
template <class Stored, Gate gate>
__device__ void norm(const NormArguments& a) {
  constexpr int size = Vector<Stored>::size;
  constexpr int kept = 16 / size;
  using Numbers = Group<size>;
  __shared__ WarpSums of_warps;
  const Team team(a.warps);
  const std::int64_t step = std::int64_t{gridDim.x} * team.count;
  for (std::int64_t top = std::int64_t{blockIdx.x} * team.count; top < a.rows; top += step) {
    const std::int64_t row = top + team.index;
    const std::int64_t first = row * a.width;
    const int width = row < a.rows ? a.width : 0;  // all threads of the block go to the barriers
    const auto gates = [&](int at) {
      Numbers factor = load_group<size>(static_cast<const Stored*>(a.gate) + first + at, width - at);
      for (float& one : factor.of) one = activation<true>(one, sigmoid(one));
      return factor;
    };
    const auto load = [&](int at) {
      Numbers x = load_group<size>(static_cast<const Stored*>(a.x) + first + at, width - at);
      if constexpr (gate == Gate::before) {
        const Numbers factor = gates(at);
        for (int v = 0; v < size; ++v) x.of[v] *= factor.of[v];
      }
      return x;
    };

    Numbers numbers[kept];
    float squares = 0;
    each_group<size>(team, width, numbers, true, load, [&](int, int, const Numbers& x) {
      for (const float one : x.of) squares = fmaf(one, one, squares);
    });
    const float root = sqrtf(team_sum(team, squares, of_warps) / static_cast<float>(a.width) + a.epsilon);
    each_group<size>(team, width, numbers, false, load, [&](int, int at, const Numbers& x) {
      Numbers y = load_group<size>(a.gain + at, width - at);
      for (int v = 0; v < size; ++v) y.of[v] *= x.of[v] / root;
      if constexpr (gate == Gate::after) {
        const Numbers factor = gates(at);
        for (int v = 0; v < size; ++v) y.of[v] *= factor.of[v];
      }
      store_group(y, static_cast<Stored*>(a.y) + first + at, width - at);
    });
  }
}

}  // namespace sca::kernels::cuda
