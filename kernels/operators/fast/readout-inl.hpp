// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_READOUT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_READOUT_INL
#undef SCA_KERNELS_FAST_READOUT_INL
#else
#define SCA_KERNELS_FAST_READOUT_INL
#endif

#include <algorithm>
#include <cstdint>

#include "kernels/operators/fast/linear-inl.hpp"
#include "kernels/operators/fast/product-inl.hpp"
#include "kernels/operators/fast/swiglu-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// to += sum_j v_j weight_j over `terms` rows of the weight [terms, columns].
template <std::int64_t terms, class Stored>
HWY_NOINLINE void add_terms(const float* v, const Stored* weight, std::int64_t columns, float* to) {
  for_vectors(0, columns, [&](auto lanes, std::int64_t e) HWY_ATTR {
    FloatVector sum = load(lanes, to + e);
    HWY_UNROLL(4)
    for (std::int64_t j = 0; j < terms; ++j)
      sum = hn::MulAdd(hn::Set(Floats(), v[j]), load(lanes, weight + j * columns + e), sum);
    store(lanes, sum, to + e);
  });
}

/// Head k's products for every row, from weights where they are.
template <class Stored>
void readout_in_place(const ReadoutForward<float, Stored>& call, std::int64_t k) {
  const std::int64_t columns = 2 * call.E;
  const Stored* weight = call.weight + k * call.width * columns;
  const auto v = [&](std::int64_t i) { return call.v + (i * call.K + k) * call.width; };
  const auto to = [&](std::int64_t i) { return call.both + (i * call.K + k) * columns; };
  for (std::int64_t i = 0; i < call.rows; ++i) std::fill_n(to(i), columns, 0.0F);
  std::int64_t j = 0;
  for (; j + 4 <= call.width; j += 4) {
    for (std::int64_t i = 0; i < call.rows; ++i) add_terms<4>(v(i) + j, weight + j * columns, columns, to(i));
  }
  for (; j < call.width; ++j) {
    for (std::int64_t i = 0; i < call.rows; ++i) add_terms<1>(v(i) + j, weight + j * columns, columns, to(i));
  }
}

template <class Stored>
void readout(const ReadoutForward<float, Stored>& call) {
  const std::int64_t columns = 2 * call.E;
  if (call.rows <= rows_in_place) {
    for_each_part({call.K, call.K * call.width * columns / float_lanes, call.threads},
                  [&](std::int64_t k) { readout_in_place(call, k); });
  } else {
    multiply(Product<Stored>{.sizes = {call.K, call.rows, columns, call.width},
                             .a = {call.v, call.K * call.width, 1},
                             .b = {call.weight, columns, 1},
                             .c = call.both,
                             .c_row = call.K * columns,
                             .a_step = call.width,
                             .b_step = call.width * columns,
                             .c_step = columns,
                             .adds = false,
                             .threads = call.threads});
  }
  const auto gate = call.silu ? gate_rows<true> : gate_rows<false>;
  gate(call.rows * call.K, call.E, call.both, call.y, call.threads);
}

inline void readout_by_v(const ReadoutBackward<float>& call) {
  const std::int64_t columns = 2 * call.E;
  multiply(Product<float>{.sizes = {call.K, call.rows, call.width, columns},
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
  multiply(Product<float>{.sizes = {call.K, call.width, columns, call.rows},
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
