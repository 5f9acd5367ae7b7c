#include "kernels/cpu/core/simd/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/core/simd/float.cpp"
#include "hwy/foreach_target.h"
#include "kernels/cpu/core/simd/kernel-inl.hpp"

#if HWY_ONCE
#include <array>

#include "kernels/cpu/core/simd/table.hpp"

namespace sca::kernels::simd {
namespace {

constexpr std::array all {
#if HWY_TARGETS & HWY_SSE4
  Targeted{HWY_SSE4, N_SSE4::kernel<float>("f32/sse4")},
      Targeted{HWY_SSE4, N_SSE4::kernel<float, N_SSE4::Growth::compensated>("f32/sse4-compensated")},
      Targeted{HWY_SSE4, N_SSE4::kernel<BFloat16>("bf16/sse4")},
      Targeted{HWY_SSE4, N_SSE4::kernel<Float16>("f16/sse4")},
#endif
#if HWY_TARGETS & HWY_AVX2
      Targeted{HWY_AVX2, N_AVX2::kernel<float>("f32/avx2")},
      Targeted{HWY_AVX2, N_AVX2::kernel<float, N_AVX2::Growth::compensated>("f32/avx2-compensated")},
      Targeted{HWY_AVX2, N_AVX2::kernel<BFloat16>("bf16/avx2")},
      Targeted{HWY_AVX2, N_AVX2::kernel<Float16>("f16/avx2")},
#endif
#if HWY_TARGETS & HWY_AVX3
      Targeted{HWY_AVX3, N_AVX3::kernel<float>("f32/avx512")},
      Targeted{HWY_AVX3, N_AVX3::kernel<float, N_AVX3::Growth::compensated>("f32/avx512-compensated")},
      Targeted{HWY_AVX3, N_AVX3::kernel<BFloat16>("bf16/avx512")},
      Targeted{HWY_AVX3, N_AVX3::kernel<Float16>("f16/avx512")},
#endif
#if HWY_TARGETS & HWY_NEON
      Targeted{HWY_NEON, N_NEON::kernel<float>("f32/neon")},
      Targeted{HWY_NEON, N_NEON::kernel<float, N_NEON::Growth::compensated>("f32/neon-compensated")},
      Targeted{HWY_NEON, N_NEON::kernel<BFloat16>("bf16/neon")},
      Targeted{HWY_NEON, N_NEON::kernel<Float16>("f16/neon")},
#endif
};

}  // namespace

std::span<const Targeted> kernels_of_floats() { return all; }

}  // namespace sca::kernels::simd
#endif
