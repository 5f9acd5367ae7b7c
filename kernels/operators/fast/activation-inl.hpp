// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ACTIVATION_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ACTIVATION_INL
#undef SCA_KERNELS_FAST_ACTIVATION_INL
#else
#define SCA_KERNELS_FAST_ACTIVATION_INL
#endif

#include "kernels/cpu/core/simd/elementary-inl.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

HWY_INLINE FloatVector one() { return hn::Set(Floats(), 1.0F); }

/// 1 / (1 + e^-x). Overflow of e^-x is harmless: the quotient is then 0.
HWY_INLINE FloatVector sigmoid(FloatVector x) {
  return hn::Div(one(), hn::Add(one(), simd::HWY_NAMESPACE::exp(Floats(), hn::Neg(x))));
}

/// A gate's value and its derivative.
struct Gate {
  FloatVector value, slope;
};

HWY_INLINE Gate sigmoid_gate(FloatVector x) {
  const FloatVector y = sigmoid(x);
  return {y, hn::Mul(y, hn::Sub(one(), y))};
}

/// x sigmoid(x)
HWY_INLINE FloatVector silu(FloatVector x) { return hn::Mul(x, sigmoid(x)); }

HWY_INLINE Gate silu_gate(FloatVector x) {
  const Gate y = sigmoid_gate(x);
  return {hn::Mul(x, y.value), hn::MulAdd(x, y.slope, y.value)};
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
