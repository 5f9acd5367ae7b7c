// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_SWIGLU_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_SWIGLU_INL
#undef SCA_KERNELS_FAST_SWIGLU_INL
#else
#define SCA_KERNELS_FAST_SWIGLU_INL
#endif

#include <cstdint>

#include "kernels/operators/fast/activation-inl.hpp"
#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// y = a silu(b), or a sigmoid(b), of `width` numbers.
template <bool is_silu>
HWY_NOINLINE void gate_row(std::int64_t width, const float* a, const float* b, float* y) {
  for_vectors(0, width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector x = load(lanes, b + i);
    store(lanes, hn::Mul(load(lanes, a + i), is_silu ? silu(x) : sigmoid(x)), y + i);
  });
}

template <bool is_silu>
HWY_NOINLINE void gate_row_backward(std::int64_t width, const float* a, const float* b, const float* by_y,
                                    float* by_a, float* by_b) {
  for_vectors(0, width, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const FloatVector x = load(lanes, b + i);
    const FloatVector g = load(lanes, by_y + i);
    const Gate gate = is_silu ? silu_gate(x) : sigmoid_gate(x);
    store(lanes, hn::Mul(g, gate.value), by_a + i);
    store(lanes, hn::Mul(hn::Mul(g, load(lanes, a + i)), gate.slope), by_b + i);
  });
}

/// Rows of one part, with about as many numbers as fit the first cache.
inline std::int64_t rows_of_part(std::int64_t width) { return std::int64_t{1} + (1 << 12) / (width + 1); }

/// Every row (a | b), `width` of either, is gated by itself.
template <bool is_silu>
void gate_rows(std::int64_t rows, std::int64_t width, const float* both, float* y, std::int32_t threads) {
  const std::int64_t size = rows_of_part(width);
  for_each_part({Piece::pieces(size, rows), 8 * rows * width / float_lanes, threads}, [&](std::int64_t part) {
    const Piece piece(part, size, rows);
    for (std::int64_t i = piece.first; i < piece.last; ++i)
      gate_row<is_silu>(width, both + 2 * i * width, both + (2 * i + 1) * width, y + i * width);
  });
}

template <bool is_silu>
void gate_rows_backward(std::int64_t rows, std::int64_t width, const float* both, const float* y_gradient,
                        float* both_gradient, std::int32_t threads) {
  const std::int64_t size = rows_of_part(width);
  for_each_part({Piece::pieces(size, rows), 8 * rows * width / float_lanes, threads}, [&](std::int64_t part) {
    const Piece piece(part, size, rows);
    for (std::int64_t i = piece.first; i < piece.last; ++i) {
      const std::int64_t a = 2 * i * width;
      gate_row_backward<is_silu>(width, both + a, both + a + width, y_gradient + i * width, both_gradient + a,
                                 both_gradient + a + width);
    }
  });
}

inline void swiglu(const SwigluForward<float>& call) {
  gate_rows<true>(call.rows, call.width, call.both, call.h, call.threads);
}

inline void swiglu_backward(const SwigluBackward<float>& call) {
  gate_rows_backward<true>(call.rows, call.width, call.both, call.h_gradient, call.both_gradient,
                           call.threads);
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
