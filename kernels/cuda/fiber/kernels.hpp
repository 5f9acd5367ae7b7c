#pragma once

#include <span>

#include "kernels/cuda/fiber/host_kernel.hpp"

namespace sca::kernels::cuda {

/// Every kernel of entries.cuh, compiled for the host.
std::span<const HostKernel> host_kernels();

}  // namespace sca::kernels::cuda
