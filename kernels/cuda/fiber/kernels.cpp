#include "kernels/cuda/fiber/kernels.hpp"

#include <array>

#include "kernels/cuda/entries.cuh"

namespace sca::kernels::cuda {

std::span<const HostKernel> host_kernels() {
#define SCA_CUDA_HOST_KERNEL(name, function, Argument) HostKernel{#name, host_body<name>},
  static constexpr std::array all{SCA_CUDA_ENTRIES(SCA_CUDA_HOST_KERNEL)};
#undef SCA_CUDA_HOST_KERNEL
  return all;
}

}  // namespace sca::kernels::cuda
