// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_READOUT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_READOUT_INL
#undef SCA_KERNELS_FAST_READOUT_INL
#else
#define SCA_KERNELS_FAST_READOUT_INL
#endif

#include "kernels/operators/fast/product-inl.hpp"
#include "kernels/operators/fast/swiglu-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

inline void readout(const ReadoutForward<float>& call) {
  const std::int64_t columns = 2 * call.E;
  multiply({.count = call.K,
            .m = call.rows,
            .n = columns,
            .k = call.width,
            .a = {call.v, call.K * call.width, 1},
            .b = {call.weight, columns, 1},
            .c = call.both,
            .c_row = call.K * columns,
            .a_step = call.width,
            .b_step = call.width * columns,
            .c_step = columns,
            .adds = false,
            .threads = call.threads});
  const auto gate = call.silu ? gate_rows<true> : gate_rows<false>;
  gate(call.rows * call.K, call.E, call.both, call.y, call.threads);
}

inline void readout_by_v(const ReadoutBackward<float>& call) {
  const std::int64_t columns = 2 * call.E;
  multiply({.count = call.K,
            .m = call.rows,
            .n = call.width,
            .k = columns,
            .a = {call.both_gradient, call.K * columns, 1},
            .b = {call.weight, 1, columns},
            .c = call.v_gradient,
            .c_row = call.K * call.width,
            .a_step = columns,
            .b_step = call.width * columns,
            .c_step = call.width,
            .adds = false,
            .threads = call.threads});
}

inline void readout_by_weight(const ReadoutBackward<float>& call) {
  const std::int64_t columns = 2 * call.E;
  multiply({.count = call.K,
            .m = call.width,
            .n = columns,
            .k = call.rows,
            .a = {call.v, 1, call.K * call.width},
            .b = {call.both_gradient, call.K * columns, 1},
            .c = call.weight_gradient,
            .c_row = columns,
            .a_step = call.width,
            .b_step = columns,
            .c_step = call.width * columns,
            .adds = true,
            .threads = call.threads});
}

inline void readout_backward(const ReadoutBackward<float>& call) {
  const auto gate = call.silu ? gate_rows_backward<true> : gate_rows_backward<false>;
  gate(call.rows * call.K, call.E, call.both, call.y_gradient, call.both_gradient, call.threads);
  readout_by_v(call);
  readout_by_weight(call);
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
