// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_NORM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_NORM_INL
#undef SCA_KERNELS_FAST_NORM_INL
#else
#define SCA_KERNELS_FAST_NORM_INL
#endif

#include <cstdint>

#include "kernels/operators/fast/rows-inl.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

HWY_NOINLINE void norm_row(const NormForward<float>& call, std::int64_t row) {
  const float* x = call.x + row * call.width;
  float* y = call.y + row * call.width;
  const FloatVector root = hn::Set(Floats(), root_mean_square(call.width, call.epsilon, x));
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    store(lanes, hn::Mul(hn::Div(load(lanes, x + i), root), load(lanes, call.gain + i)), y + i);
  });
}

/// Adds the row's part of the gain's gradient to by_gain.
HWY_NOINLINE void norm_row_backward(const NormBackward<float>& call, std::int64_t row, float* by_gain) {
  const Floats d;
  const std::int64_t first = row * call.width;
  const float* by_y = call.y_gradient + first;
  const FloatVector root = hn::Set(d, root_mean_square(call.width, call.epsilon, call.x + first));
  FloatVector sum = hn::Zero(d);
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector unit = hn::Div(load(lanes, call.x + first + i), root);
    const FloatVector by_scaled = load(lanes, by_y + i);
    store(lanes, hn::MulAdd(by_scaled, unit, load(lanes, by_gain + i)), by_gain + i);
    sum = hn::MulAdd(hn::Mul(by_scaled, load(lanes, call.gain + i)), unit, sum);
  });
  const FloatVector mean = hn::Set(d, sum_of_lanes(sum) / static_cast<float>(call.width));
  float* by_x = call.x_gradient + first;
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector unit = hn::Div(load(lanes, call.x + first + i), root);
    const FloatVector by_unit = hn::Mul(load(lanes, by_y + i), load(lanes, call.gain + i));
    const FloatVector by = hn::Div(hn::NegMulAdd(unit, mean, by_unit), root);
    store(lanes, call.adds ? hn::Add(load(lanes, by_x + i), by) : by, by_x + i);
  });
}

inline void norm(const NormForward<float>& call) {
  for_each_row(call.rows, call.width, 4, call.threads, [&](std::int64_t row) { norm_row(call, row); });
}

inline void norm_backward(const NormBackward<float>& call) {
  sum_over_rows(call.rows, call.width, 8, call.threads, call.gain_gradient,
                [&](std::int64_t row, float* by_gain) { norm_row_backward(call, row, by_gain); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
