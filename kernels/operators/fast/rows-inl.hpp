// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ROWS_INL
#undef SCA_KERNELS_FAST_ROWS_INL
#else
#define SCA_KERNELS_FAST_ROWS_INL
#endif

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/scratch.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// sqrt(mean x^2 + epsilon), where sum = sum x^2
HWY_INLINE float root_of_mean(FloatVector sum, std::int64_t width, double epsilon) {
  return std::sqrt(sum_of_lanes(sum) / static_cast<float>(width) + static_cast<float>(epsilon));
}

HWY_NOINLINE float root_mean_square(std::int64_t width, double epsilon, const float* x) {
  FloatVector sum = hn::Zero(Floats());
  for_vectors(0, width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector v = load(lanes, x + i);
    sum = hn::MulAdd(v, v, sum);
  });
  return root_of_mean(sum, width, epsilon);
}

/// f(row) for every row; rows of few numbers are taken together. `cost`: vector operations a vector.
template <class F>
void for_each_row(std::int64_t rows, std::int64_t width, std::int64_t cost, std::int32_t threads,
                  const F& f) {
  const std::int64_t size = std::int64_t{1} + (1 << 12) / (width + 1);
  for_each_part({Piece::pieces(size, rows), cost * rows * width / float_lanes, threads},
                [&](std::int64_t part) {
                  const Piece piece(part, size, rows);
                  for (std::int64_t row = piece.first; row < piece.last; ++row) f(row);
                });
}

/// f(row, sum) for every row, which adds to a sum [width] of the row's part; the parts' sums are added to
/// `total` in their order.
template <class F>
void sum_over_rows(std::int64_t rows, std::int64_t width, std::int64_t cost, std::int32_t threads,
                   float* total, const F& f) {
  constexpr std::int64_t most_parts = 64;
  const std::int64_t size = std::max(std::int64_t{8}, Piece::pieces(most_parts, rows));
  const std::int64_t parts = Piece::pieces(size, rows);
  float* sums = scratch(parts * width);
  for_each_part({parts, cost * rows * width / float_lanes, threads}, [&](std::int64_t part) {
    const Piece piece(part, size, rows);
    float* sum = sums + part * width;
    std::fill_n(sum, width, 0.0F);
    for (std::int64_t row = piece.first; row < piece.last; ++row) f(row, sum);
  });
  for_vectors(0, width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    FloatVector all = hn::Zero(Floats());
    for (std::int64_t part = 0; part < parts; ++part)
      all = hn::Add(all, load(lanes, sums + part * width + i));
    store(lanes, hn::Add(load(lanes, total + i), all), total + i);
  });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
