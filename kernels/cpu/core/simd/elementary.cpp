#include "kernels/cpu/core/simd/elementary.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "kernels/cpu/core/simd/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/core/simd/elementary.cpp"
#include "hwy/foreach_target.h"
#include "kernels/cpu/core/simd/elementary-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {
namespace {

/// Calls f(vector, destination) for whole vectors; the last one is filled up with zeros.
template <class Real, std::size_t results, class F>
HWY_INLINE void for_vectors(std::span<const Real> x, const std::array<std::span<Real>, results>& to,
                            const F& f) {
  const hn::ScalableTag<Real> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < x.size(); i += lanes) {
    const std::size_t count = std::min(lanes, x.size() - i);
    HWY_ALIGN std::array<Real, HWY_MAX_BYTES / sizeof(Real)> in{};
    HWY_ALIGN std::array<std::array<Real, HWY_MAX_BYTES / sizeof(Real)>, results> out;
    std::copy_n(x.data() + i, count, in.data());
    f(d, in.data(), out);
    for (std::size_t j = 0; j < results; ++j) std::copy_n(out[j].data(), count, to[j].data() + i);
  }
}

template <class Real, bool is_wide>
void sines_and_cosines(std::span<const Real> x, std::span<Real> sine, std::span<Real> cosine) {
  for_vectors(x, std::array{sine, cosine}, [](auto d, const Real* in, auto& out) HWY_ATTR {
    auto s = hn::Zero(d);
    auto c = hn::Zero(d);
    sin_cos_of(d, is_wide, hn::Load(d, in), s, c);
    hn::Store(s, d, out[0].data());
    hn::Store(c, d, out[1].data());
  });
}
template <class Real>
void exp_of(std::span<const Real> x, std::span<Real> result) {
  for_vectors(x, std::array{result}, [](auto d, const Real* in, auto& out) HWY_ATTR {
    hn::Store(exp(d, hn::Load(d, in)), d, out[0].data());
  });
}
template <class Real>
void log1p_of(std::span<const Real> x, std::span<Real> result) {
  for_vectors(x, std::array{result}, [](auto d, const Real* in, auto& out) HWY_ATTR {
    hn::Store(log1p(d, hn::Load(d, in)), d, out[0].data());
  });
}

}  // namespace

template <class Real>
constexpr ElementaryFunctions<Real> elementary(std::string_view target) {
  return {target, sines_and_cosines<Real, false>, sines_and_cosines<Real, true>, exp_of<Real>,
          log1p_of<Real>};
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace sca::kernels::simd {
namespace {

template <class Real>
std::vector<ElementaryFunctions<Real>> runnable() {
  std::vector<ElementaryFunctions<Real>> all;
  const std::int64_t supported = hwy::SupportedTargets();
#if HWY_TARGETS & HWY_SSE4
  if ((supported & HWY_SSE4) != 0) all.push_back(N_SSE4::elementary<Real>("sse4"));
#endif
#if HWY_TARGETS & HWY_AVX2
  if ((supported & HWY_AVX2) != 0) all.push_back(N_AVX2::elementary<Real>("avx2"));
#endif
#if HWY_TARGETS & HWY_AVX3
  if ((supported & HWY_AVX3) != 0) all.push_back(N_AVX3::elementary<Real>("avx512"));
#endif
#if HWY_TARGETS & HWY_NEON
  if ((supported & HWY_NEON) != 0) all.push_back(N_NEON::elementary<Real>("neon"));
#endif
  return all;
}

}  // namespace

template <class Real>
std::span<const ElementaryFunctions<Real>> elementary_functions() {
  static const std::vector<ElementaryFunctions<Real>> all = runnable<Real>();
  return all;
}
template std::span<const ElementaryFunctions<float>> elementary_functions();
template std::span<const ElementaryFunctions<double>> elementary_functions();

}  // namespace sca::kernels::simd
#endif
