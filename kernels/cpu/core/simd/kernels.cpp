#include "kernels/cpu/core/simd/kernels.hpp"

#include <vector>

#include "hwy/targets.h"
#include "kernels/cpu/core/simd/table.hpp"

namespace sca::kernels::simd {
namespace {

std::vector<const sca_core_kernel*> runnable() {
  std::vector<const sca_core_kernel*> all;
  const std::int64_t supported = hwy::SupportedTargets();
  for (const auto table : {kernels_of_doubles(), kernels_of_floats()})
    for (const Targeted& one : table)
      if ((supported & one.target) != 0) all.push_back(&one.kernel);
  return all;
}

}  // namespace

std::span<const sca_core_kernel* const> kernels() {
  static const std::vector<const sca_core_kernel*> all = runnable();
  return all;
}

}  // namespace sca::kernels::simd
