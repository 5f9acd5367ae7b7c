// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_PRODUCT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_PRODUCT_INL
#undef SCA_KERNELS_FAST_PRODUCT_INL
#else
#define SCA_KERNELS_FAST_PRODUCT_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "hwy/cache_control.h"
#include "kernels/operators/fast/panels-inl.hpp"
#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/product.hpp"
#include "kernels/operators/fast/scratch.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

// A tile's sums stay in registers: as many rows of two vectors as there are registers for.
#if HWY_TARGET <= HWY_AVX3 || HWY_TARGET == HWY_NEON
inline constexpr std::int64_t product_rows = 12;
#else
inline constexpr std::int64_t product_rows = 6;
#endif
inline constexpr std::int64_t product_columns = 2 * float_lanes;
// A panel of a stays in the first cache, a block of b in the second, one of a in what is behind it.
inline constexpr std::int64_t block_depth = 256;
inline constexpr std::int64_t block_rows = 1032;
inline constexpr std::int64_t block_columns = 512;
static_assert(block_columns % product_columns == 0 && block_rows % product_rows == 0);

/// A tile of the result: as large as the constants say, or less at an edge.
struct Result {
  float* c;
  std::int64_t c_row;
  bool adds;
};

/// The tile of panels a [depth, product_rows] and b [depth, product_columns].
template <std::size_t... i>
HWY_INLINE void multiply_panels(std::int64_t depth, const float* a, const float* b, const Result& tile,
                                std::index_sequence<i...>) {
  const Floats d;
  FloatVector left[] = {(static_cast<void>(i), hn::Zero(d))...};
  FloatVector right[] = {(static_cast<void>(i), hn::Zero(d))...};
  FloatVector x = hn::Zero(d);
  // By the time that the sums are there, so is what they are added to.
  ((hwy::Prefetch(tile.c + static_cast<std::int64_t>(i) * tile.c_row),
    hwy::Prefetch(tile.c + static_cast<std::int64_t>(i) * tile.c_row + product_columns - 1)),
   ...);
  for (std::int64_t k = 0; k < depth; ++k, a += product_rows, b += product_columns) {
    const FloatVector b_left = hn::Load(d, b);
    const FloatVector b_right = hn::Load(d, b + float_lanes);
    ((x = hn::Set(d, a[i]), left[i] = hn::MulAdd(x, b_left, left[i]),
      right[i] = hn::MulAdd(x, b_right, right[i])),
     ...);
  }
  const auto write = [&](FloatVector sum, float* to)
                         HWY_ATTR { hn::StoreU(tile.adds ? hn::Add(hn::LoadU(d, to), sum) : sum, d, to); };
  ((write(left[i], tile.c + static_cast<std::int64_t>(i) * tile.c_row),
    write(right[i], tile.c + static_cast<std::int64_t>(i) * tile.c_row + float_lanes)),
   ...);
}
HWY_NOINLINE void whole_tile(std::int64_t depth, const float* a, const float* b, const Result& tile) {
  multiply_panels(depth, a, b, tile, std::make_index_sequence<static_cast<std::size_t>(product_rows)>());
}

/// The same sums where only some rows and columns are there.
inline void partial_tile(std::int64_t depth, const float* a, const float* b, const Result& tile,
                         std::int64_t rows, std::int64_t columns) {
  HWY_ALIGN float whole[product_rows * product_columns];
  whole_tile(depth, a, b, {whole, product_columns, false});
  for (std::int64_t i = 0; i < rows; ++i) {
    float* to = tile.c + i * tile.c_row;
    for_vectors(0, columns, [&](auto lanes, std::int64_t j) HWY_ATTR {
      const auto sum = hn::LoadU(Floats(), whole + i * product_columns + j);
      store(lanes, tile.adds ? hn::Add(load(lanes, to + j), sum) : sum, to + j);
    });
  }
}

/// c [rows, columns] of packed a and b. Along c's rows: down its columns every tile would touch new pages.
inline void multiply_packed(std::int64_t depth, const float* a, const float* b, const Result& c,
                            std::int64_t rows, std::int64_t columns) {
  for (std::int64_t i = 0; i < rows; i += product_rows) {
    for (std::int64_t j = 0; j < columns; j += product_columns) {
      const Result tile{c.c + i * c.c_row + j, c.c_row, c.adds};
      const float* a_panel = a + i * depth;
      const float* b_panel = b + j * depth;
      if (rows - i >= product_rows && columns - j >= product_columns) {
        whole_tile(depth, a_panel, b_panel, tile);
      } else {
        partial_tile(depth, a_panel, b_panel, tile, std::min(product_rows, rows - i),
                     std::min(product_columns, columns - j));
      }
    }
  }
}

/// Rows and depths of one block of a are packed once for all columns, and b for all of those rows.
template <class Element>
void multiply_rows(const Product<Element>& product, const Matrix<float>& a, const Matrix<Element>& b,
                   const Result& c, std::int64_t rows, std::int64_t columns) {
  const std::int64_t all = product.sizes.k;
  const std::int64_t whole_rows = Piece::pieces(product_rows, rows) * product_rows;
  const std::int64_t width =
      std::min(block_columns, Piece::pieces(product_columns, columns) * product_columns);
  const std::int64_t most = std::min(block_depth, all);
  float* b_packed = scratch((width + whole_rows) * most);  // whole vectors, aligned
  float* a_packed = b_packed + width * most;
  for (std::int64_t k = 0; k == 0 || k < all; k += block_depth) {
    const std::int64_t depth = std::min(block_depth, all - k);
    pack<product_rows>(a.from(0, k), rows, depth, a_packed);
    for (std::int64_t j = 0; j < columns; j += block_columns) {
      const std::int64_t count = std::min(block_columns, columns - j);
      pack<product_columns>(b.from(k, j).transposed(), count, depth, b_packed);
      multiply_packed(depth, a_packed, b_packed, {c.c + j, c.c_row, c.adds || k > 0}, rows, count);
    }
  }
}

template <class Element>
void multiply_block(const Product<Element>& product, const Block& block) {
  const Matrix<float> a = product.a.from(block.row, 0).behind(block.product * product.a_step);
  const Matrix<Element> b = product.b.from(0, block.column).behind(block.product * product.b_step);
  float* c = product.c + block.product * product.c_step + block.row * product.c_row + block.column;
  for (std::int64_t i = 0; i < block.rows; i += block_rows) {
    multiply_rows(product, a.from(i, 0), b, {c + i * product.c_row, product.c_row, product.adds},
                  std::min(block_rows, block.rows - i), block.columns);
  }
}

/// error    every element of c is summed in one order, wherever the blocks are cut
template <class Element>
void multiply(const Product<Element>& product) {
  const auto [count, m, n, k] = product.sizes;
  if (m == 0 || n == 0) return;
  const Cut cut(product.sizes, product.threads, {product_rows, product_columns});
  const std::int64_t work = count * m * n * k / float_lanes;
  for_each_part({cut.blocks(), work, product.threads},
                [&](std::int64_t part) { multiply_block(product, cut[part]); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
