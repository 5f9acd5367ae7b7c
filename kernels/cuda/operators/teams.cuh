#pragma once

#include "kernels/cuda/operators/arguments.hpp"
#include "kernels/cuda/operators/groups.cuh"

namespace sca::kernels::cuda {

/// The thread's part in the team that has its row (RowTeams).
struct Team {
  __device__ explicit Team(int warps)
      : threads(32 * warps),
        index(static_cast<int>(threadIdx.x) / threads),
        thread(static_cast<int>(threadIdx.x) % threads),
        count(static_cast<int>(blockDim.x) / threads) {}

  int threads;  // of each
  int index, thread;
  int count;  // of a block
};

using WarpSums = SharedArray<float, RowTeams::most_threads / 32>;

/// The sum over a team, the same bits in all of its threads. By all threads of the block.
__device__ inline float team_sum(const Team& team, float mine, WarpSums& of_warps) {
  for (int distance = 16; distance > 0; distance /= 2) mine += __shfl_xor_sync(0xffffffffU, mine, distance);
  const int warps = team.threads / 32;
  if (warps == 1) return mine;
  __syncthreads();  // the sums before have been read
  if (threadIdx.x % 32 == 0) of_warps[threadIdx.x / 32] = mine;
  __syncthreads();
  float sum = of_warps[team.index * warps];
  for (int w = 1; w < warps; ++w) sum += of_warps[team.index * warps + w];
  return sum;
}

/// f(i, at, numbers) for each of the thread's groups of a row of `width` numbers, at which they begin. The
/// first `kept` groups' numbers stay in registers, from the first time on, where they are loaded; those of
/// very wide rows are loaded each time, and their i is `kept`.
template <int size, int kept, class Numbers, class Load, class F>
__device__ inline void each_group(const Team& team, int width, Numbers (&numbers)[kept], bool is_first,
                                  Load load, F f) {
  const int step = team.threads * size;
  int at = team.thread * size;
  SCA_UNROLLED for (int i = 0; i < kept; ++i, at += step) {
    if (at >= width) continue;
    if (is_first) numbers[i] = load(at);
    f(i, at, numbers[i]);
  }
  for (; at < width; at += step) f(kept, at, load(at));
}

}  // namespace sca::kernels::cuda
