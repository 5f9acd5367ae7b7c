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

/// `rows` rows x times one weight [in]: y[i * out] = x_i weight, or added to it. A sum is of four, each of
/// every fourth vector, however many rows there are: the weight is one stream, as fast as memory gives it.
template <std::size_t rows, class Stored>
HWY_NOINLINE void dots(const LinearForward<float, Stored>& call, const float* x, const Stored* weight,
                       float* y) {
  const Floats d;
  const auto row = [&](std::size_t i) { return x + static_cast<std::int64_t>(i) * call.in; };
  FloatVector sums[rows][4];
  HWY_UNROLL(4)
  for (auto& of_row : sums) {
    HWY_UNROLL(4)
    for (FloatVector& sum : of_row) sum = hn::Zero(d);
  }
  std::int64_t k = 0;
  for (; k + 4 * float_lanes <= call.in; k += 4 * float_lanes) {
    HWY_UNROLL(4)
    for (std::size_t n = 0; n < 4; ++n) {
      const std::int64_t at = k + static_cast<std::int64_t>(n) * float_lanes;
      const FloatVector w = load(AllLanes(), weight + at);
      HWY_UNROLL(4)
      for (std::size_t i = 0; i < rows; ++i)
        sums[i][n] = hn::MulAdd(load(AllLanes(), row(i) + at), w, sums[i][n]);
    }
  }
  for_vectors(k, call.in, [&](auto lanes, std::int64_t at) HWY_ATTR {
    const FloatVector w = load(lanes, weight + at);
    HWY_UNROLL(4)
    for (std::size_t i = 0; i < rows; ++i) sums[i][0] = hn::MulAdd(load(lanes, row(i) + at), w, sums[i][0]);
  });
  HWY_UNROLL(4)
  for (std::size_t i = 0; i < rows; ++i) {
    float& to = y[static_cast<std::int64_t>(i) * call.out];
    const float sum = sum_of_lanes(hn::Add(hn::Add(sums[i][0], sums[i][1]), hn::Add(sums[i][2], sums[i][3])));
    to = call.adds ? to + sum : sum;
  }
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
