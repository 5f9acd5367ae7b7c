#include "kernels/registry.hpp"

#include <vector>

#include "kernels/cpu/core/serial/kernels.hpp"
#include "kernels/cpu/core/simd/kernels.hpp"

namespace sca::kernels {
namespace {

std::vector<const sca_core_kernel*> runnable() {
  std::vector<const sca_core_kernel*> all;
  for (const sca_core_kernel& kernel : serial::kernels()) all.push_back(&kernel);
  for (const sca_core_kernel* kernel : simd::kernels()) all.push_back(kernel);
  return all;
}

}  // namespace

std::span<const sca_core_kernel* const> core_kernels() {
  static const std::vector<const sca_core_kernel*> all = runnable();
  return all;
}

}  // namespace sca::kernels
