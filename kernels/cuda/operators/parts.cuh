#pragma once

#include "kernels/cuda/operators/arguments.hpp"
#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda {

/// The sums over blocks that each had a part of them, in an order that depends on their number alone. One
/// block 32 columns; of its warps each sums every 8th part.
__device__ inline void sum_parts(const PartsArguments& a) {
  constexpr int warps = PartsArguments::most_threads / 32;
  __shared__ SharedArray<float, 32 * warps> of_warps;
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int warp = static_cast<int>(threadIdx.x) / 32;
  const std::int64_t column = std::int64_t{blockIdx.x} * 32 + lane;
  float sum = 0;
  if (column < a.columns)
    for (std::int64_t i = warp; i < a.count; i += warps) sum += a.parts[i * a.columns + column];
  of_warps[threadIdx.x] = sum;
  __syncthreads();
  if (warp != 0 || column >= a.columns) return;
  for (int w = 1; w < warps; ++w) sum += of_warps[32 * w + lane];
  a.sums[column] += sum;
}

}  // namespace sca::kernels::cuda
