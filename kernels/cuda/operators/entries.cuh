#pragma once

#include "kernels/cuda/operators/glu.cuh"
#include "kernels/cuda/operators/grid.cuh"
#include "kernels/cuda/operators/grid_backward.cuh"
#include "kernels/cuda/operators/mix.cuh"
#include "kernels/cuda/operators/mix_backward.cuh"
#include "kernels/cuda/operators/norm.cuh"
#include "kernels/cuda/operators/norm_backward.cuh"
#include "kernels/cuda/operators/parts.cuh"

// The kernels beside the core's, for ENTRY(name, function of the argument, argument). A name is one macro
// argument, and so is a function: where a template has two parameters, they stand in parentheses.
#define SCA_CUDA_NORM_ENTRIES(ENTRY, name, suffix, Stored, gate) \
  ENTRY(name##_##suffix, (norm<Stored, gate>), NormArguments)    \
  ENTRY(name##_backward_##suffix, (norm_backward<Stored, gate>), NormBackwardArguments)

#define SCA_CUDA_GLU_ENTRIES(ENTRY, name, suffix, Stored, is_silu) \
  ENTRY(name##_##suffix, (glu<Stored, is_silu>), GluArguments)     \
  ENTRY(name##_backward_##suffix, (glu_backward<Stored, is_silu>), GluBackwardArguments)

#define SCA_CUDA_OPERATOR_ENTRIES_OF(ENTRY, suffix, Stored)                     \
  SCA_CUDA_NORM_ENTRIES(ENTRY, norm, suffix, Stored, Gate::none)                \
  SCA_CUDA_NORM_ENTRIES(ENTRY, gated_norm_before, suffix, Stored, Gate::before) \
  SCA_CUDA_NORM_ENTRIES(ENTRY, gated_norm_after, suffix, Stored, Gate::after)   \
  SCA_CUDA_GLU_ENTRIES(ENTRY, glu_sigmoid, suffix, Stored, false)               \
  SCA_CUDA_GLU_ENTRIES(ENTRY, glu_silu, suffix, Stored, true)                   \
  ENTRY(mix_##suffix, mix<Stored>, MixArguments)                                \
  ENTRY(mix_advance_##suffix, mix_advance<Stored>, MixArguments)                \
  ENTRY(mix_backward_##suffix, mix_backward<Stored>, MixBackwardArguments)

// Of parameters and sums alone.
#define SCA_CUDA_PARAMETER_ENTRIES(ENTRY)         \
  ENTRY(sum_parts_f32, sum_parts, PartsArguments) \
  ENTRY(grid_f32, grid, GridArguments)            \
  ENTRY(grid_backward_f32, grid_backward, GridBackwardArguments)

#define SCA_CUDA_OPERATOR_ENTRIES(ENTRY)                   \
  SCA_CUDA_OPERATOR_ENTRIES_OF(ENTRY, f32, float)          \
  SCA_CUDA_OPERATOR_ENTRIES_OF(ENTRY, bf16, __nv_bfloat16) \
  SCA_CUDA_OPERATOR_ENTRIES_OF(ENTRY, f16, __half)         \
  SCA_CUDA_PARAMETER_ENTRIES(ENTRY)
