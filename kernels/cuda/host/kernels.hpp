#pragma once

#include <string_view>
#include <vector>

#include "kernels/operators/operators.hpp"
#include "kernels/plugin.h"

namespace sca::kernels::cuda {

/// The CUDA kernels on host memory, by what executes them.
struct Executed {
  std::vector<sca_core_kernel> core;
  std::vector<Operators<float>> operators;
};

/// On fibers, called f32/cuda/fiber and so on.
const Executed& on_fibers();

/// As nvcc compiled them, by the PTX machine: f32/cuda/sm_80 and so on. Empty where there was no nvcc.
const Executed& of_ptx();

/// On the first GPU, called f32/cuda/device and so on. Empty where there is no GPU, or was no nvcc.
const Executed& on_device();

/// The kernels for the driver to load: PTX that every GPU from sm_80 on takes. Empty where there was no nvcc.
std::string_view device_image();

}  // namespace sca::kernels::cuda
