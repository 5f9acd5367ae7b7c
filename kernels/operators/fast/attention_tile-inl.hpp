// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ATTENTION_TILE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ATTENTION_TILE_INL
#undef SCA_KERNELS_FAST_ATTENTION_TILE_INL
#else
#define SCA_KERNELS_FAST_ATTENTION_TILE_INL
#endif

#include <algorithm>
#include <array>

#include "kernels/operators/fast/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

// Attention goes over tiles: some rows (queries) by some keys. A tile's scores are [key][row], rows in lanes:
// nothing about a row is summed over lanes.
inline constexpr std::int64_t tile_rows = float_lanes > 1 ? 2 * float_lanes : 4;
inline constexpr std::int64_t tile_keys = 32;
inline constexpr std::int64_t tile_width = 128;  // of a head at a time
using Tile = std::array<float, tile_keys * tile_rows>;
using TransposedRows = std::array<float, tile_width * tile_rows>;

/// Where rows, or keys, of a tile are in memory.
template <class T, std::int64_t most>
using Pointers = std::array<T*, static_cast<std::size_t>(most)>;

#if HWY_TARGET != HWY_SCALAR
/// Columns of four rows as rows of four columns, `tile_rows` apart.
HWY_INLINE void transpose_four(const float* const* rows, std::int64_t column, float* to) {
  const hn::FixedTag<float, 4> d;
  const auto a = hn::LoadU(d, rows[0] + column);
  const auto b = hn::LoadU(d, rows[1] + column);
  const auto c = hn::LoadU(d, rows[2] + column);
  const auto e = hn::LoadU(d, rows[3] + column);
  const auto first_ab = hn::InterleaveLower(d, a, b);
  const auto first_ce = hn::InterleaveLower(d, c, e);
  const auto last_ab = hn::InterleaveUpper(d, a, b);
  const auto last_ce = hn::InterleaveUpper(d, c, e);
  hn::Store(hn::ConcatLowerLower(d, first_ce, first_ab), d, to);
  hn::Store(hn::ConcatUpperUpper(d, first_ce, first_ab), d, to + tile_rows);
  hn::Store(hn::ConcatLowerLower(d, last_ce, last_ab), d, to + 2 * tile_rows);
  hn::Store(hn::ConcatUpperUpper(d, last_ce, last_ab), d, to + 3 * tile_rows);
}
#endif

/// x^T [width, tile_rows] of columns [first, first + width) of `count` rows; the rest is 0.
inline void transpose(const float* const* rows, std::int64_t count, std::int64_t first, std::int64_t width,
                      TransposedRows& to) {
  static constexpr std::array<float, tile_width> nothing{};
  constexpr std::int64_t together = 4;
  for (std::int64_t row = 0; row < tile_rows; row += together) {
    std::array<const float*, together> from;
    for (std::int64_t r = 0; r < together; ++r)
      from[static_cast<std::size_t>(r)] = row + r < count ? rows[row + r] + first : nothing.data();
    std::int64_t j = 0;
#if HWY_TARGET != HWY_SCALAR
    for (; j + together <= width; j += together)
      transpose_four(from.data(), j, to.data() + j * tile_rows + row);
#endif
    for (; j < width; ++j) {
      for (std::int64_t r = 0; r < together; ++r)
        to[static_cast<std::size_t>(j * tile_rows + row + r)] = from[static_cast<std::size_t>(r)][j];
    }
  }
}

/// scores[i][row] (+)= sum_j x^T[j][row] y_i[j] for `keys` rows y.
template <std::size_t keys, std::size_t vectors>
HWY_INLINE void add_dots(const TransposedRows& x, const float* const* y, std::int64_t first,
                         std::int64_t width, bool adds, float* scores) {
  const Floats d;
  FloatVector sums[keys][vectors];
  HWY_UNROLL(8)
  for (std::size_t i = 0; i < keys; ++i) {
    HWY_UNROLL(2)
    for (std::size_t n = 0; n < vectors; ++n)
      sums[i][n] = adds ? hn::Load(d, scores + i * tile_rows + n * float_lanes) : hn::Zero(d);
  }
  for (std::int64_t j = 0; j < width; ++j) {
    FloatVector of_x[vectors];
    HWY_UNROLL(2)
    for (std::size_t n = 0; n < vectors; ++n)
      of_x[n] = hn::Load(d, x.data() + j * tile_rows + static_cast<std::int64_t>(n) * float_lanes);
    HWY_UNROLL(8)
    for (std::size_t i = 0; i < keys; ++i) {
      const auto of_y = hn::Set(d, y[i][first + j]);
      HWY_UNROLL(2)
      for (std::size_t n = 0; n < vectors; ++n) sums[i][n] = hn::MulAdd(of_x[n], of_y, sums[i][n]);
    }
  }
  HWY_UNROLL(8)
  for (std::size_t i = 0; i < keys; ++i) {
    HWY_UNROLL(2)
    for (std::size_t n = 0; n < vectors; ++n)
      hn::Store(sums[i][n], d, scores + i * tile_rows + n * float_lanes);
  }
}

/// Of `keys` rows y; x has no more rows than `vectors` vectors.
template <std::size_t vectors>
HWY_NOINLINE void add_dots(const TransposedRows& x, const float* const* y, std::int64_t keys,
                           std::int64_t first, std::int64_t width, bool adds, float* scores) {
  constexpr std::int64_t together = HWY_TARGET <= HWY_AVX3 ? 8 : 4;  // there are 32 registers, or 16
  std::int64_t i = 0;
  for (; i + together <= keys; i += together)
    add_dots<together, vectors>(x, y + i, first, width, adds, scores + i * tile_rows);
  for (; i < keys; ++i) add_dots<1, vectors>(x, y + i, first, width, adds, scores + i * tile_rows);
}

/// scores[i][r] = x_r y_i of rows of `width`. x is transposed here, unless `transposed` holds all of it
/// already.
inline void dots(const float* const* x, std::int64_t rows, const float* const* y, std::int64_t keys,
                 std::int64_t width, bool is_transposed, TransposedRows& transposed, Tile& scores) {
  for (std::int64_t first = 0; first < width; first += tile_width) {
    const std::int64_t here = std::min(tile_width, width - first);
    if (!is_transposed || width > tile_width) transpose(x, rows, first, here, transposed);
    if (rows <= float_lanes)
      add_dots<1>(transposed, y, keys, first, here, first > 0, scores.data());
    else
      add_dots<2>(transposed, y, keys, first, here, first > 0, scores.data());
  }
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
