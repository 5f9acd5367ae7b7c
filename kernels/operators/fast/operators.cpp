#include "kernels/operators/fast/operators.hpp"

#include "kernels/cpu/core/simd/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/operators/fast/operators.cpp"
#include "hwy/foreach_target.h"
#include "kernels/operators/fast/table-inl.hpp"

#if HWY_ONCE
#include <array>
#include <cstdint>
#include <vector>

#include "hwy/targets.h"

namespace sca::kernels::fast {
namespace {

struct Targeted {
  std::int64_t target;
  Operators<float> table;
};

constexpr std::array all {
#if HWY_TARGETS & HWY_SSE4
  Targeted{HWY_SSE4, N_SSE4::operators("f32/sse4")},
#endif
#if HWY_TARGETS & HWY_AVX2
      Targeted{HWY_AVX2, N_AVX2::operators("f32/avx2")},
#endif
#if HWY_TARGETS & HWY_AVX3
      Targeted{HWY_AVX3, N_AVX3::operators("f32/avx512")},
#endif
#if HWY_TARGETS & HWY_NEON
      Targeted{HWY_NEON, N_NEON::operators("f32/neon")},
#endif
};

std::vector<const Operators<float>*> runnable() {
  std::vector<const Operators<float>*> some;
  for (const Targeted& one : all)
    if ((hwy::SupportedTargets() & one.target) != 0) some.push_back(&one.table);
  return some;
}

}  // namespace

std::span<const Operators<float>* const> f32_operators() {
  static const std::vector<const Operators<float>*> some = runnable();
  return some;
}

}  // namespace sca::kernels::fast
#endif
