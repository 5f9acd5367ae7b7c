#pragma once

#include "kernels/cuda/operators/norm_row.cuh"

namespace sca::kernels::cuda {

/// The gradients of one group, given sqrt(mean x^2 + epsilon) and the mean of the gradients by norm times
/// norm. Returns those by the gains.
template <class Stored, Gate gate>
__device__ inline GroupOf<Stored> norm_gradients(const NormRow<Stored, gate>& row, int at,
                                                 const typename NormRow<Stored, gate>::Given& given,
                                                 float root, float mean) {
  GroupOf<Stored> by_input, by_gate, by_gain;
  const auto gains = row.gains(at);
  for (int v = 0; v < row.size; ++v) {
    const float norm = given.x(v) / root;
    const float by_product = given.by_product(v);
    const float by_x = fmaf(-norm, mean, by_product * gains.of[v]) / root;
    by_gain.of[v] = by_product * norm;
    by_input.of[v] = by_x;
    if constexpr (gate != Gate::none) {
      const float slope = activation_slope<true>(given.gates.of[v], given.sigmoids.of[v]);
      const float by_factor =
          gate == Gate::before ? by_x * given.input.of[v] : given.by_y.of[v] * (norm * gains.of[v]);
      by_gate.of[v] = by_factor * slope;
    }
    if constexpr (gate == Gate::before) by_input.of[v] = by_x * given.silu(v);
  }
  row.store(at, by_input, by_gate);
  return by_gain;
}

// Of teams that share a block there are rows of at most 512 numbers.
using TeamsGains = SharedArray<float, 1024>;

/// The sums of the block's teams, in their order, to its row of the parts. By all threads of the block.
template <int size, int kept>
__device__ inline void store_gains(const NormBackwardArguments& a, const Team& team,
                                   Group<size> (&by_gain)[kept], TeamsGains& of_teams) {
  float* const parts = a.gain_parts + std::int64_t{blockIdx.x} * a.width;
  const int step = team.threads * size;
  SCA_UNROLLED for (int i = 0; i < kept; ++i) {
    const int at = team.thread * size + i * step;
    if (team.count == 1) store_group(by_gain[i], parts + at, a.width - at);
    for (int v = 0; team.count > 1 && v < size; ++v)
      if (at + v < a.width) of_teams[team.index * a.width + at + v] = by_gain[i].of[v];
  }
  if (team.count == 1) return;
  __syncthreads();
  for (auto i = static_cast<int>(threadIdx.x); i < a.width; i += static_cast<int>(blockDim.x)) {
    float sum = of_teams[i];
    for (int t = 1; t < team.count; ++t) sum += of_teams[t * a.width + i];
    parts[i] = sum;
  }
}

/// Adds to what the very wide rows' groups have had of the block's rows before.
template <int size>
__device__ inline void add_to_part(const NormBackwardArguments& a, int at, bool is_first,
                                   Group<size> by_gain) {
  float* const part = a.gain_parts + std::int64_t{blockIdx.x} * a.width + at;
  const Group<size> before = load_group<size>(part, is_first ? 0 : a.width - at);
  for (int v = 0; v < size; ++v) by_gain.of[v] += before.of[v];
  store_group(by_gain, part, a.width - at);
}

/// Gradients by the input, by the gate, and a block's part of those by the gains.
template <class Stored, Gate gate>
__device__ void norm_backward(const NormBackwardArguments& a) {
  using Row = NormRow<Stored, gate>;
  constexpr int kept = 8 / Row::size;
  __shared__ WarpSums of_warps;
  __shared__ TeamsGains of_teams;
  const Team team(a.warps);
  const std::int64_t start = std::int64_t{blockIdx.x} * team.count;
  const std::int64_t step = std::int64_t{gridDim.x} * team.count;
  GroupOf<Stored> by_gain[kept] = {};
  for (std::int64_t top = start; top < a.rows; top += step) {
    const Row row(a, top + team.index);
    const auto load = [&](int at) { return row.load(at); };
    typename Row::Given given[kept];
    float squares = 0;
    each_group<Row::size>(team, row.width, given, true, load, [&](int, int, const auto& one) {
      for (int v = 0; v < Row::size; ++v) squares = fmaf(one.x(v), one.x(v), squares);
    });
    const float root = sqrtf(team_sum(team, squares, of_warps) / static_cast<float>(a.width) + a.epsilon);
    float sum = 0;
    each_group<Row::size>(team, row.width, given, false, load, [&](int, int at, const auto& one) {
      const auto gains = row.gains(at);
      for (int v = 0; v < Row::size; ++v) sum = fmaf(one.by_product(v) * gains.of[v], one.x(v) / root, sum);
    });
    const float mean = team_sum(team, sum, of_warps) / static_cast<float>(a.width);
    each_group<Row::size>(team, row.width, given, false, load, [&](int i, int at, const auto& one) {
      const auto more = norm_gradients(row, at, one, root, mean);
      if (i == kept) return add_to_part(a, at, top == start, more);
      for (int v = 0; v < Row::size; ++v) by_gain[i].of[v] += more.of[v];
    });
  }
  store_gains(a, team, by_gain, of_teams);
}

}  // namespace sca::kernels::cuda
