#pragma once

#include "kernels/cuda/operators/mix_run.cuh"

namespace sca::kernels::cuda {

/// z_t = silu(sum_j weight[c, j] u_{t - (ck - 1) + j}), continued from a state, which is only read.
template <class Stored>
__device__ void mix(const MixArguments& a) {
  const MixRun<Stored> run(a.shape);
  using Numbers = typename MixRun<Stored>::Numbers;
  const auto load = [&](std::int64_t source, Numbers& row) {
    if (source >= a.shape.L || (source < 0 && a.state == nullptr)) return false;
    if (source >= 0) {
      row = run.numbers(static_cast<const Stored*>(a.u), run.row(source));
    } else {
      const std::int64_t kept = a.shape.ck - 1;
      row = run.numbers(static_cast<const Stored*>(a.state), run.b * kept + kept + source);
    }
    return true;
  };
  Numbers sums[run.tokens] = {};
  convolve(run, a.weight, load, sums);
  SCA_UNROLLED for (int i = 0; i < run.tokens; ++i) {
    if (run.t + i >= a.shape.L) continue;
    for (float& one : sums[i].of) one = activation<true>(one, sigmoid(one));
    run.store(sums[i], static_cast<Stored*>(a.z), run.row(run.t + i));
  }
}

/// The state after L tokens: row by row what stands L rows later, in the state or in u. One thread a channel
/// and sequence, which goes from the oldest row on: what it reads, it has not written.
template <class Stored>
__device__ void mix_advance(const MixArguments& a) {
  const MixShape& s = a.shape;
  const std::int64_t i = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x;
  if (i >= s.B * s.C) return;
  const std::int64_t kept = s.ck - 1;
  const Stored* const u = static_cast<const Stored*>(a.u) + i / s.C * s.L * s.C + i % s.C;
  Stored* const state = static_cast<Stored*>(a.state) + i / s.C * kept * s.C + i % s.C;
  for (std::int64_t row = 0; row < kept; ++row) {
    const std::int64_t source = row + s.L - kept;
    state[row * s.C] = source >= 0 ? u[source * s.C] : state[(row + s.L) * s.C];
  }
}

}  // namespace sca::kernels::cuda
