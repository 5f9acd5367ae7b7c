#pragma once

#include <vector>

#include "kernels/cuda/ptx/run/block.hpp"

namespace sca::kernels::cuda::ptx {

/// Does what thread `earlier` did at its time `clock` come before what this one does now?
inline bool comes_before(const Thread& thread, U32 earlier, U32 clock) {
  return earlier == thread.index || (*thread.seen)[earlier] >= clock;
}

/// Nobody has seen anything of anybody.
void start_clocks(Block& block);

/// A barrier: whatever `arrivals` did before comes before whatever `receivers` do from now on.
void synchronise(Block& block, const std::vector<U32>& arrivals, const std::vector<U32>& receivers);

}  // namespace sca::kernels::cuda::ptx
