#include "kernels/cpu/core/simd/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/core/simd/double.cpp"
#include "hwy/foreach_target.h"
#include "kernels/cpu/core/simd/kernel-inl.hpp"

#if HWY_ONCE
#include <array>

#include "kernels/cpu/core/simd/table.hpp"

namespace sca::kernels::simd {
namespace {

constexpr std::array all {
#if HWY_TARGETS & HWY_SSE4
  Targeted{HWY_SSE4, N_SSE4::kernel<double>("f64/sse4")},
#endif
#if HWY_TARGETS & HWY_AVX2
      Targeted{HWY_AVX2, N_AVX2::kernel<double>("f64/avx2")},
#endif
#if HWY_TARGETS & HWY_AVX3
      Targeted{HWY_AVX3, N_AVX3::kernel<double>("f64/avx512")},
#endif
#if HWY_TARGETS & HWY_NEON
      Targeted{HWY_NEON, N_NEON::kernel<double>("f64/neon")},
#endif
};

}  // namespace

std::span<const Targeted> kernels_of_doubles() { return all; }

}  // namespace sca::kernels::simd
#endif
