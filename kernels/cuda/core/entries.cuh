#pragma once

#include "kernels/cuda/core/backward_carry.cuh"
#include "kernels/cuda/core/backward_read.cuh"
#include "kernels/cuda/core/backward_reduce.cuh"
#include "kernels/cuda/core/backward_return.cuh"
#include "kernels/cuda/core/carry.cuh"
#include "kernels/cuda/core/readout.cuh"
#include "kernels/cuda/core/totals.cuh"

// The core's kernels, for ENTRY(name, function of the argument, argument).
#define SCA_CUDA_CORE_ENTRIES_OF(ENTRY, suffix, Stored)                               \
  ENTRY(core_totals_##suffix, core_totals<Stored>, CoreArguments)                     \
  ENTRY(core_carry_##suffix, core_carry<Stored>, CoreArguments)                       \
  ENTRY(core_readout_##suffix, core_readout<Stored>, CoreArguments)                   \
  ENTRY(core_backward_read_##suffix, core_backward_read<Stored>, BackwardArguments)   \
  ENTRY(core_backward_carry_##suffix, core_backward_carry<Stored>, BackwardArguments) \
  ENTRY(core_backward_return_##suffix, core_backward_return<Stored>, BackwardArguments)

#define SCA_CUDA_CORE_ENTRIES(ENTRY)                   \
  SCA_CUDA_CORE_ENTRIES_OF(ENTRY, f32, float)          \
  SCA_CUDA_CORE_ENTRIES_OF(ENTRY, bf16, __nv_bfloat16) \
  SCA_CUDA_CORE_ENTRIES_OF(ENTRY, f16, __half)         \
  ENTRY(core_backward_reduce, sum_parameter_parts, BackwardArguments)
