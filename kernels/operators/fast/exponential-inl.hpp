// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_EXPONENTIAL_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_EXPONENTIAL_INL
#undef SCA_KERNELS_FAST_EXPONENTIAL_INL
#else
#define SCA_KERNELS_FAST_EXPONENTIAL_INL
#endif

#include "kernels/cpu/core/simd/elementary-inl.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// e^x. Where 0 comes out, as of every key that is not there, nothing underflows on the way: that would cost
/// more than a hundred cycles.
HWY_INLINE FloatVector exponential(FloatVector x) {
  const Floats d;
  const auto is_nothing = hn::Lt(x, hn::Set(d, simd::Elementary<float>::exp_lowest));
  return hn::IfThenZeroElse(is_nothing, simd::HWY_NAMESPACE::exp(d, hn::IfThenZeroElse(is_nothing, x)));
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
