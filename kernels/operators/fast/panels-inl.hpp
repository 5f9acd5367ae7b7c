// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_PANELS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_PANELS_INL
#undef SCA_KERNELS_FAST_PANELS_INL
#else
#define SCA_KERNELS_FAST_PANELS_INL
#endif

#include <algorithm>
#include <cstdint>

#include "kernels/operators/fast/product.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// 4 rows of 4 elements, turned: to[j * width + i] = from[i * row + j]
template <class Element>
HWY_INLINE void turn_square(const Element* from, std::int64_t row, float* to, std::int64_t width) {
#if HWY_TARGET == HWY_SCALAR  // what the compiler's own flags allow: never run
  for (std::int64_t k = 0; k < 16; ++k) to[k % 4 * width + k / 4] = kernels::load(from[k / 4 * row + k % 4]);
#else
  const hn::FixedTag<float, 4> d;
  const auto r0 = load_as(d, from);
  const auto r1 = load_as(d, from + row);
  const auto r2 = load_as(d, from + 2 * row);
  const auto r3 = load_as(d, from + 3 * row);
  const auto even_low = hn::InterleaveLower(d, r0, r2);
  const auto odd_low = hn::InterleaveLower(d, r1, r3);
  const auto even_high = hn::InterleaveUpper(d, r0, r2);
  const auto odd_high = hn::InterleaveUpper(d, r1, r3);
  hn::StoreU(hn::InterleaveLower(d, even_low, odd_low), d, to);
  hn::StoreU(hn::InterleaveUpper(d, even_low, odd_low), d, to + width);
  hn::StoreU(hn::InterleaveLower(d, even_high, odd_high), d, to + 2 * width);
  hn::StoreU(hn::InterleaveUpper(d, even_high, odd_high), d, to + 3 * width);
#endif
}

/// Of a matrix whose rows are contiguous.
template <std::int64_t width, class Element>
HWY_INLINE void turn_rows(const Element* from, std::int64_t row, std::int64_t rows, std::int64_t depth,
                          float* to) {
  std::int64_t i = 0;
  for (; i + 4 <= rows; i += 4) {
    const Element* four = from + i * row;
    std::int64_t k = 0;
    for (; k + 4 <= depth; k += 4) turn_square(four + k, row, to + k * width + i, width);
    for (; k < depth; ++k) {
      for (std::int64_t j = 0; j < 4; ++j) to[k * width + i + j] = kernels::load(four[j * row + k]);
    }
  }
  for (; i < rows; ++i) {
    for (std::int64_t k = 0; k < depth; ++k) to[k * width + i] = kernels::load(from[i * row + k]);
  }
}

/// `width` elements, in vectors of which it is a multiple.
template <std::int64_t width, class Element>
HWY_INLINE void copy_row(const Element* from, float* to) {
  constexpr std::int64_t lanes = width % float_lanes == 0 ? float_lanes : width % 4 == 0 ? 4 : 2;
  const hn::FixedTag<float, static_cast<std::size_t>(lanes)> d;
  HWY_UNROLL(4)
  for (std::int64_t j = 0; j < width; j += lanes) hn::StoreU(load_as(d, from + j), d, to + j);
}

/// `rows` rows of `depth` elements as panels of `width` rows: [panel][depth][width], with zeros for rows that
/// are none.
template <std::int64_t width, class Element>
HWY_NOINLINE void pack(const Matrix<Element>& from, std::int64_t rows, std::int64_t depth, float* to) {
  for (std::int64_t i = 0; i < rows; i += width, to += width * depth) {
    const Element* first = from.data + i * from.row;
    const std::int64_t count = std::min(width, rows - i);
    if (count < width) std::fill_n(to, width * depth, 0.0F);
    if (from.row != 1) {
      turn_rows<width>(first, from.row, count, depth, to);
    } else if (count == width) {
      for (std::int64_t k = 0; k < depth; ++k) copy_row<width>(first + k * from.column, to + k * width);
    } else {
      for (std::int64_t k = 0; k < depth; ++k) {
        for_vectors(0, count, [&](auto lanes, std::int64_t j) HWY_ATTR {
          store(lanes, load(lanes, first + k * from.column + j), to + k * width + j);
        });
      }
    }
  }
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
