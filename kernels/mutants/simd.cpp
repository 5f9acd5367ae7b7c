// A mutant of the vector kernel: for one target, which is quick to compile.
#define HWY_COMPILE_ONLY_STATIC
#ifdef __x86_64__
#define HWY_BASELINE_TARGETS HWY_SSE4  // the least that has vectors
#endif
#include <span>

#include "kernels/cpu/core/simd/kernel-inl.hpp"
// NOLINTNEXTLINE(bugprone-suspicious-include): compiled once, for one target
#include "kernels/cpu/core/simd/sharing.cpp"

namespace sca::kernels::simd {

std::span<const sca_core_kernel> kernels() {
  static constexpr sca_core_kernel one = HWY_NAMESPACE::kernel<SCA_MUTANT_STORED>(SCA_MUTANT_NAME);
  return {&one, 1};
}

}  // namespace sca::kernels::simd
