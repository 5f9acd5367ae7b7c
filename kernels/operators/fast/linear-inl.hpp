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

/// Outputs [first, last) of every row.
template <class Stored>
void linear_in_place(const LinearForward<float, Stored>& call, const Piece& outs) {
  constexpr std::int64_t most = HWY_TARGET <= HWY_AVX3 ? 4 : 2;  // there are 32 registers, or 16
  for (std::int64_t j = outs.first; j < outs.last; ++j) {
    std::int64_t i = 0;
    const auto run = [&](auto dots_of, std::int64_t rows) {
      for (; i + rows <= call.rows; i += rows)
        dots_of(call, call.x + i * call.in, call.weight + j * call.in, call.y + i * call.out + j);
    };
    if constexpr (most == 4) run(dots<4, Stored>, 4);
    run(dots<2, Stored>, 2);
    run(dots<1, Stored>, 1);
  }
}

inline void add_bias(std::int64_t rows, std::int64_t out, const float* bias, float* y) {
  for (std::int64_t i = 0; i < rows; ++i, y += out) {
    for_vectors(0, out, [&](auto lanes, std::int64_t j) HWY_ATTR {
      store(lanes, hn::Add(load(lanes, y + j), load(lanes, bias + j)), y + j);
    });
  }
}

template <class Stored>
void linear(const LinearForward<float, Stored>& call) {
  if (call.rows <= rows_in_place) {
    constexpr std::int64_t size = 64;
    for_each_part({Piece::pieces(size, call.out), call.in * call.out / float_lanes, call.threads},
                  [&](std::int64_t part) { linear_in_place(call, Piece(part, size, call.out)); });
  } else {
    multiply(Product<Stored>{.sizes = {1, call.rows, call.out, call.in},
                             .a = {call.x, call.in, 1},
                             .b = {call.weight, 1, call.in},
                             .c = call.y,
                             .c_row = call.out,
                             .adds = call.adds,
                             .threads = call.threads});
  }
  if (call.bias != nullptr) add_bias(call.rows, call.out, call.bias, call.y);
}

inline void linear_by_input(const LinearByInput<float>& call) {
  multiply(Product<float>{.sizes = {1, call.rows, call.in, call.out},
                          .a = {call.y_gradient, call.out, 1},
                          .b = {call.weight, call.in, 1},
                          .c = call.x_gradient,
                          .c_row = call.in,
                          .adds = call.adds,
                          .threads = call.threads});
}

inline void linear_by_parameters(const LinearByParameters<float>& call) {
  multiply(Product<float>{.sizes = {1, call.out, call.in, call.rows},
                          .a = {call.y_gradient, 1, call.out},
                          .b = {call.x, call.in, 1},
                          .c = call.weight_gradient,
                          .c_row = call.in,
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
