#pragma once

#include <cstddef>

#include "kernels/cuda/operators/arguments.hpp"
#include "kernels/cuda/runner.hpp"
#include "kernels/plugin.h"

// Launch plans of the operators beside the core's, on device pointers: f32, bf16 and f16 are how activations
// are stored. Where there are no rows, nothing is launched, and no gradient changes. Workspaces are bytes on
// the device, which the plan shares out and nobody reads afterwards.

namespace sca::kernels::cuda {

/// The arguments' `warps` are the plan's.
void norm(const NormArguments& arguments, Gate gate, sca_dtype dtype, Launcher& launcher);

std::size_t norm_backward_workspace(std::int64_t rows, std::int64_t width);
/// Adds to gain_gradient [width]. The arguments' `warps` and `gain_parts` are the plan's.
void norm_backward(const NormBackwardArguments& arguments, Gate gate, float* gain_gradient, void* workspace,
                   sca_dtype dtype, Launcher& launcher);

/// With the state, which is advanced.
void mix(const MixArguments& arguments, sca_dtype dtype, Launcher& launcher);

std::size_t mix_backward_workspace(const MixShape& shape);
/// Adds to weight_gradient [C, ck]. The arguments' `weight_parts` are the plan's.
void mix_backward(const MixBackwardArguments& arguments, float* weight_gradient, void* workspace,
                  sca_dtype dtype, Launcher& launcher);

void glu(const GluArguments& arguments, bool is_silu, sca_dtype dtype, Launcher& launcher);
void glu_backward(const GluBackwardArguments& arguments, bool is_silu, sca_dtype dtype, Launcher& launcher);

void grid(const GridArguments& arguments, Launcher& launcher);
/// Adds to all gradients.
void grid_backward(const GridBackwardArguments& arguments, Launcher& launcher);

}  // namespace sca::kernels::cuda
