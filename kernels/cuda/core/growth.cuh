#pragma once

#include "kernels/cuda/core/arguments.hpp"
#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda {

/// What some tokens in a row do to a state: state -> discount state + sum.
struct Growth {
  float discount, sum;
};

__device__ inline Growth followed_by(Growth before, Growth now) {
  return {before.discount * now.discount, fmaf(before.sum, now.discount, now.sum)};
}

using WarpGrowths = SharedArray<float, core_threads / 32 * 2>;

/// Of all threads up to this one. By all threads of the block.
__device__ inline Growth scanned(Growth mine, WarpGrowths& of_warps) {
  const int lane = static_cast<int>(threadIdx.x) % 32;
  const int warp = static_cast<int>(threadIdx.x) / 32;
  for (int distance = 1; distance < 32; distance *= 2) {
    const Growth before{__shfl_up_sync(0xffffffffU, mine.discount, static_cast<unsigned>(distance)),
                        __shfl_up_sync(0xffffffffU, mine.sum, static_cast<unsigned>(distance))};
    if (lane >= distance) mine = followed_by(before, mine);
  }
  if (lane == 31) {
    of_warps[2 * warp] = mine.discount;
    of_warps[2 * warp + 1] = mine.sum;
  }
  __syncthreads();
  for (int w = warp - 1; w >= 0; --w) mine = followed_by({of_warps[2 * w], of_warps[2 * w + 1]}, mine);
  return mine;
}

/// x^n
__device__ inline float power(float x, int n) {
  float result = 1.0F;
  for (; n > 0; n /= 2) {
    if (n % 2 != 0) result *= x;
    x *= x;
  }
  return result;
}

}  // namespace sca::kernels::cuda
