#pragma once

#include <cstddef>

#include "kernels/cuda/runner.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// What the core's backward asks for as workspace, on the device.
std::size_t backward_workspace(const sca_core_shape& shape);

/// Launches the gradients of steps 2 to 5 of Algorithm 1: the states before all chunks of tokens, chunks
/// forth, chunks back, and the sums over chunks and sequences.
///
/// call     as kernels/plugin.h says, but all pointers are to device memory
/// returns  0; another number, with nothing done, for rules that there is no kernel for (as forward()), sizes
///          beyond a grid's, and more memory heads of one query head than shared memory has room for (19)
int backward(const sca_core_backward& call, sca_dtype dtype, Launcher& launcher);

}  // namespace sca::kernels::cuda
