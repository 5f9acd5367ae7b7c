// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_EMBEDDING_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_EMBEDDING_INL
#undef SCA_KERNELS_FAST_EMBEDDING_INL
#else
#define SCA_KERNELS_FAST_EMBEDDING_INL
#endif

#include <algorithm>

#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

template <class Stored>
void embedding(const EmbeddingForward<float, Stored>& call) {
  constexpr std::int64_t size = 64;
  for_each_part({Piece::pieces(size, call.rows), call.rows * call.width / float_lanes, call.threads},
                [&](std::int64_t part) {
                  const Piece rows(part, size, call.rows);
                  for (std::int64_t i = rows.first; i < rows.last; ++i) {
                    const Stored* row = call.table + call.ids[i] * call.width;
                    float* x = call.x + i * call.width;
                    for_vectors(0, call.width, [&](auto lanes, std::int64_t j) HWY_ATTR {
                      store(lanes, load(lanes, row + j), x + j);
                    });
                  }
                });
}

/// The numbers of some columns: tokens that share a row of the table add to it in their order.
inline void embedding_backward_columns(const EmbeddingBackward<float>& call, const Piece& columns) {
  for (std::int64_t i = 0; i < call.rows; ++i) {
    float* by_row = call.table_gradient + call.ids[i] * call.width;
    const float* by_x = call.x_gradient + i * call.width;
    for_vectors(columns.first, columns.last, [&](auto lanes, std::int64_t j) HWY_ATTR {
      store(lanes, hn::Add(load(lanes, by_row + j), load(lanes, by_x + j)), by_row + j);
    });
  }
}

inline void embedding_backward(const EmbeddingBackward<float>& call) {
  // A cache line at least: threads do not write into the same.
  const std::int64_t size = std::max(std::int64_t{16}, Piece::pieces(16 * 16, call.width) * 16);
  for_each_part({Piece::pieces(size, call.width), call.rows * call.width / float_lanes, call.threads},
                [&](std::int64_t part) { embedding_backward_columns(call, Piece(part, size, call.width)); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
