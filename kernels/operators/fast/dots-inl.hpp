// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_DOTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_DOTS_INL
#undef SCA_KERNELS_FAST_DOTS_INL
#else
#define SCA_KERNELS_FAST_DOTS_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// rows [count][in] times the vectors of 4 weights, or 1: y[i * out + j] = x_i weight_j, or added to it.
template <std::size_t rows, std::size_t weights>
HWY_NOINLINE void dots(const LinearForward<float>& call, const float* x, const float* weight, float* y) {
  const Floats d;
  FloatVector sums[rows][weights];
  for (auto& of_row : sums) {
    for (FloatVector& sum : of_row) sum = hn::Zero(d);
  }
  for_vectors(0, call.in, [&](auto lanes, std::int64_t k) HWY_ATTR {
    FloatVector w[weights];
    for (std::size_t j = 0; j < weights; ++j)
      w[j] = load(lanes, weight + static_cast<std::int64_t>(j) * call.in + k);
    for (std::size_t i = 0; i < rows; ++i) {
      const FloatVector v = load(lanes, x + static_cast<std::int64_t>(i) * call.in + k);
      for (std::size_t j = 0; j < weights; ++j) sums[i][j] = hn::MulAdd(v, w[j], sums[i][j]);
    }
  });
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < weights; ++j) {
      float& to = y[static_cast<std::int64_t>(i) * call.out + static_cast<std::int64_t>(j)];
      const float sum = sum_of_lanes(sums[i][j]);
      to = call.adds ? to + sum : sum;
    }
  }
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
