#pragma once

#include <cstddef>

#include "kernels/cuda/runner.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// What the core's forward and step ask for as workspace, on the device.
std::size_t forward_workspace(const sca_core_shape& shape);

/// Launches steps 2 to 5 of Algorithm 1: one kernel for up to chunk_tokens tokens (so for a step), else
/// three.
///
/// call     as kernels/plugin.h says, but all pointers are to device memory, except the one to the state's
///          struct
/// returns  0; another number, with nothing done, for rules that there is no kernel for (a phase that is an
///          inner product, a plain summary, no normaliser) and sizes beyond a grid's
int forward(const sca_core_forward& call, sca_dtype dtype, Launcher& launcher);

}  // namespace sca::kernels::cuda
