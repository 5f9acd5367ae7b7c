// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_GATED_NORM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_GATED_NORM_INL
#undef SCA_KERNELS_FAST_GATED_NORM_INL
#else
#define SCA_KERNELS_FAST_GATED_NORM_INL
#endif

#include <cstdint>

#include "kernels/operators/fast/activation-inl.hpp"
#include "kernels/operators/fast/rows-inl.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// x = o silu(g), y = x / root gain: x stands where y will be.
HWY_NOINLINE void gate_and_norm_row(const GatedNormForward<float>& call, std::int64_t first) {
  const Floats d;
  float* v = call.v + first;
  FloatVector sum = hn::Zero(d);
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector x = hn::Mul(load(lanes, call.o + first + i), silu(load(lanes, call.gate + first + i)));
    sum = hn::MulAdd(x, x, sum);
    store(lanes, x, v + i);
  });
  const FloatVector root = hn::Set(d, root_of_mean(sum, call.width, call.epsilon));
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    store(lanes, hn::Mul(hn::Div(load(lanes, v + i), root), load(lanes, call.gain + i)), v + i);
  });
}

/// y = o / root gain, v = y silu(g)
HWY_NOINLINE void norm_and_gate_row(const GatedNormForward<float>& call, std::int64_t first) {
  const float* o = call.o + first;
  const FloatVector root = hn::Set(Floats(), root_mean_square(call.width, call.epsilon, o));
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector y = hn::Mul(hn::Div(load(lanes, o + i), root), load(lanes, call.gain + i));
    store(lanes, hn::Mul(y, silu(load(lanes, call.gate + first + i))), call.v + first + i);
  });
}

/// Of x = o silu(g), y = x / root gain. The gate's values and slopes stand where gradients will be.
HWY_NOINLINE void gate_and_norm_row_backward(const GatedNormBackward<float>& call, std::int64_t first,
                                             float* by_gain) {
  const Floats d;
  const float* o = call.o + first;
  const float* by_v = call.v_gradient + first;
  float* by_o = call.o_gradient + first;
  float* by_gate = call.gate_gradient + first;
  FloatVector squares = hn::Zero(d);
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const Gate gate = silu_gate(load(lanes, call.gate + first + i));
    const FloatVector x = hn::Mul(load(lanes, o + i), gate.value);
    squares = hn::MulAdd(x, x, squares);
    store(lanes, gate.value, by_o + i);
    store(lanes, gate.slope, by_gate + i);
  });
  const FloatVector root = hn::Set(d, root_of_mean(squares, call.width, call.epsilon));
  FloatVector sum = hn::Zero(d);
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector unit = hn::Div(hn::Mul(load(lanes, o + i), load(lanes, by_o + i)), root);
    const FloatVector by_scaled = load(lanes, by_v + i);
    store(lanes, hn::MulAdd(by_scaled, unit, load(lanes, by_gain + i)), by_gain + i);
    sum = hn::MulAdd(hn::Mul(by_scaled, load(lanes, call.gain + i)), unit, sum);
  });
  const FloatVector mean = hn::Set(d, sum_of_lanes(sum) / static_cast<float>(call.width));
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector gate = load(lanes, by_o + i);
    const FloatVector source = load(lanes, o + i);
    const FloatVector unit = hn::Div(hn::Mul(source, gate), root);
    const FloatVector by_unit = hn::Mul(load(lanes, by_v + i), load(lanes, call.gain + i));
    const FloatVector by_x = hn::Div(hn::NegMulAdd(unit, mean, by_unit), root);
    store(lanes, hn::Mul(by_x, gate), by_o + i);
    store(lanes, hn::Mul(hn::Mul(by_x, source), load(lanes, by_gate + i)), by_gate + i);
  });
}

/// Of y = o / root gain, v = y silu(g). The gradient by y stands where that by o will be.
HWY_NOINLINE void norm_and_gate_row_backward(const GatedNormBackward<float>& call, std::int64_t first,
                                             float* by_gain) {
  const Floats d;
  const float* o = call.o + first;
  float* by_o = call.o_gradient + first;
  const FloatVector root = hn::Set(d, root_mean_square(call.width, call.epsilon, o));
  FloatVector sum = hn::Zero(d);
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector unit = hn::Div(load(lanes, o + i), root);
    const FloatVector gain = load(lanes, call.gain + i);
    const Gate gate = silu_gate(load(lanes, call.gate + first + i));
    const FloatVector by_v = load(lanes, call.v_gradient + first + i);
    const FloatVector by_y = hn::Mul(by_v, gate.value);
    store(lanes, hn::Mul(hn::Mul(by_v, hn::Mul(unit, gain)), gate.slope), call.gate_gradient + first + i);
    store(lanes, hn::MulAdd(by_y, unit, load(lanes, by_gain + i)), by_gain + i);
    const FloatVector by_unit = hn::Mul(by_y, gain);
    store(lanes, by_unit, by_o + i);
    sum = hn::MulAdd(by_unit, unit, sum);
  });
  const FloatVector mean = hn::Set(d, sum_of_lanes(sum) / static_cast<float>(call.width));
  for_vectors(0, call.width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector unit = hn::Div(load(lanes, o + i), root);
    store(lanes, hn::Div(hn::NegMulAdd(unit, mean, load(lanes, by_o + i)), root), by_o + i);
  });
}

inline void gated_norm(const GatedNormForward<float>& call) {
  const auto row_of = call.gate_after ? norm_and_gate_row : gate_and_norm_row;
  for_each_row(call.rows, call.width, 10, call.threads,
               [&](std::int64_t row) { row_of(call, row * call.width); });
}

inline void gated_norm_backward(const GatedNormBackward<float>& call) {
  const auto row_of = call.gate_after ? norm_and_gate_row_backward : gate_and_norm_row_backward;
  sum_over_rows(call.rows, call.width, 16, call.threads, call.gain_gradient,
                [&](std::int64_t row, float* by_gain) { row_of(call, row * call.width, by_gain); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
