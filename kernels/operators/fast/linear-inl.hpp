// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_LINEAR_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_LINEAR_INL
#undef SCA_KERNELS_FAST_LINEAR_INL
#else
#define SCA_KERNELS_FAST_LINEAR_INL
#endif

#include <algorithm>
#include <cstdint>

#include "kernels/operators/fast/dots-inl.hpp"
#include "kernels/operators/fast/product-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// Of so few rows the weights are read where they are, once; packing them would cost more than it saves.
inline constexpr std::int64_t rows_in_place = 8;

/// Outputs [first, last) of every row: 4 weights at a time stay in the first cache for all rows.
inline void linear_in_place(const LinearForward<float>& call, const Piece& outs) {
  std::int64_t j = outs.first;
  const auto for_rows = [&](auto four, auto two, auto one) {
    const float* weight = call.weight + j * call.in;
    std::int64_t i = 0;
    const auto run = [&](auto dots_of, std::int64_t rows) {
      for (; i + rows <= call.rows; i += rows)
        dots_of(call, call.x + i * call.in, weight, call.y + i * call.out + j);
    };
    run(four, 4);
    run(two, 2);
    run(one, 1);
  };
  for (; j + 4 <= outs.last; j += 4) for_rows(dots<4, 4>, dots<2, 4>, dots<1, 4>);
  for (; j < outs.last; ++j) for_rows(dots<4, 1>, dots<2, 1>, dots<1, 1>);
}

inline void add_bias(const LinearForward<float>& call) {
  for (std::int64_t i = 0; i < call.rows; ++i) {
    float* y = call.y + i * call.out;
    for_vectors(0, call.out, [&](auto lanes, std::int64_t j) HWY_ATTR {
      store(lanes, hn::Add(load(lanes, y + j), load(lanes, call.bias + j)), y + j);
    });
  }
}

inline void linear(const LinearForward<float>& call) {
  if (call.rows <= rows_in_place) {
    constexpr std::int64_t size = 64;
    for_each_part({Piece::pieces(size, call.out), call.in * call.out / float_lanes, call.threads},
                  [&](std::int64_t part) { linear_in_place(call, Piece(part, size, call.out)); });
  } else {
    multiply({.count = 1,
              .m = call.rows,
              .n = call.out,
              .k = call.in,
              .a = {call.x, call.in, 1},
              .b = {call.weight, 1, call.in},
              .c = call.y,
              .c_row = call.out,
              .a_step = 0,
              .b_step = 0,
              .c_step = 0,
              .adds = call.adds,
              .threads = call.threads});
  }
  if (call.bias != nullptr) add_bias(call);
}

inline void linear_by_input(const LinearByInput<float>& call) {
  multiply({.count = 1,
            .m = call.rows,
            .n = call.in,
            .k = call.out,
            .a = {call.y_gradient, call.out, 1},
            .b = {call.weight, call.in, 1},
            .c = call.x_gradient,
            .c_row = call.in,
            .a_step = 0,
            .b_step = 0,
            .c_step = 0,
            .adds = call.adds,
            .threads = call.threads});
}

inline void linear_by_parameters(const LinearByParameters<float>& call) {
  multiply({.count = 1,
            .m = call.out,
            .n = call.in,
            .k = call.rows,
            .a = {call.y_gradient, 1, call.out},
            .b = {call.x, call.in, 1},
            .c = call.weight_gradient,
            .c_row = call.in,
            .a_step = 0,
            .b_step = 0,
            .c_step = 0,
            .adds = true,
            .threads = call.threads});
  if (call.bias_gradient == nullptr) return;
  for_vectors(0, call.out, [&](auto lanes, std::int64_t j) HWY_ATTR {
    FloatVector sum = hn::Zero(Floats());
    for (std::int64_t i = 0; i < call.rows; ++i)
      sum = hn::Add(sum, load(lanes, call.y_gradient + i * call.out + j));
    store(lanes, hn::Add(load(lanes, call.bias_gradient + j), sum), call.bias_gradient + j);
  });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
