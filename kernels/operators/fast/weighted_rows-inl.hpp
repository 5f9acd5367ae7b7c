// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_WEIGHTED_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_WEIGHTED_ROWS_INL
#undef SCA_KERNELS_FAST_WEIGHTED_ROWS_INL
#else
#define SCA_KERNELS_FAST_WEIGHTED_ROWS_INL
#endif

#include <algorithm>
#include <cstddef>

#include "kernels/operators/fast/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

struct Range {
  std::int64_t first, last;
};

HWY_INLINE Range common(Range a, Range b) { return {std::max(a.first, b.first), std::min(a.last, b.last)}; }

/// Sums of rows: to_m = keep_m to_m + sum_k factor(m, k) term_k over those k that are m's.
///
/// error    a term that is none of m's is not read, and may be a NaN
struct WeightedRows {
  const float* factors;
  std::int64_t of_sum, of_term;  // elements from one m, one k, to the next
  const float* const* terms;     // rows
  const Range* ranges;           // of k, for each m
  const float* keep;             // null: 1
  float* const* to;              // rows

  WeightedRows from(std::int64_t m) const {
    return {factors + m * of_sum,
            of_sum,
            of_term,
            terms,
            ranges + m,
            keep == nullptr ? nullptr : keep + m,
            to + m};
  }
};

template <std::size_t vectors, class Lanes>
HWY_INLINE void add_row(Lanes lanes, const WeightedRows& rows, std::size_t m, Range ks, std::int64_t column,
                        FloatVector* sums) {
  const Floats d;
  for (std::int64_t k = ks.first; k < ks.last; ++k) {
    const auto factor =
        hn::Set(d, rows.factors[static_cast<std::int64_t>(m) * rows.of_sum + k * rows.of_term]);
    HWY_UNROLL(4)
    for (std::size_t n = 0; n < vectors; ++n) {
      const std::int64_t at = column + static_cast<std::int64_t>(n) * float_lanes;
      sums[n] = hn::MulAdd(factor, load(lanes, rows.terms[k] + at), sums[n]);
    }
  }
}

/// `count` sums, `vectors` vectors of columns, the terms in `run`.
template <std::size_t count, std::size_t vectors, class Lanes>
HWY_INLINE void add_weighted(Lanes lanes, const WeightedRows& rows, Range run, std::int64_t column) {
  const Floats d;
  FloatVector sums[count][vectors];
  Range all = run;
  HWY_UNROLL(4)
  for (std::size_t m = 0; m < count; ++m) {
    all = common(all, rows.ranges[m]);
    HWY_UNROLL(4)
    for (std::size_t n = 0; n < vectors; ++n) sums[m][n] = hn::Zero(d);
  }
  if (all.last < all.first) all.last = all.first;
  for (std::int64_t k = all.first; k < all.last; ++k) {
    FloatVector term[vectors];
    HWY_UNROLL(4)
    for (std::size_t n = 0; n < vectors; ++n)
      term[n] = load(lanes, rows.terms[k] + column + static_cast<std::int64_t>(n) * float_lanes);
    HWY_UNROLL(4)
    for (std::size_t m = 0; m < count; ++m) {
      const auto factor =
          hn::Set(d, rows.factors[static_cast<std::int64_t>(m) * rows.of_sum + k * rows.of_term]);
      HWY_UNROLL(4)
      for (std::size_t n = 0; n < vectors; ++n) sums[m][n] = hn::MulAdd(factor, term[n], sums[m][n]);
    }
  }
  HWY_UNROLL(4)
  for (std::size_t m = 0; m < count; ++m) {
    const Range own = common(run, rows.ranges[m]);
    add_row<vectors>(lanes, rows, m, common(own, {own.first, all.first}), column, sums[m]);
    add_row<vectors>(lanes, rows, m, common(own, {all.last, own.last}), column, sums[m]);
    const auto keep = hn::Set(d, rows.keep == nullptr ? 1.0F : rows.keep[m]);
    HWY_UNROLL(4)
    for (std::size_t n = 0; n < vectors; ++n) {
      float* to = rows.to[m] + column + static_cast<std::int64_t>(n) * float_lanes;
      store(lanes, hn::MulAdd(load(lanes, to), keep, sums[m][n]), to);
    }
  }
}

template <std::size_t count>
HWY_NOINLINE void add_weighted(const WeightedRows& rows, Range run, std::int64_t width) {
  constexpr std::int64_t most = HWY_TARGET <= HWY_AVX3 ? 4 : 2;  // there are 32 registers, or 16
  std::int64_t j = 0;
  for (; j + most * float_lanes <= width; j += most * float_lanes)
    add_weighted<count, most>(AllLanes(), rows, run, j);
  if constexpr (most > 2) {
    for (; j + 2 * float_lanes <= width; j += 2 * float_lanes)
      add_weighted<count, 2>(AllLanes(), rows, run, j);
  }
  for_vectors(j, width,
              [&](auto lanes, std::int64_t at) HWY_ATTR { add_weighted<count, 1>(lanes, rows, run, at); });
}

/// `count` sums over `terms`.
inline void add_weighted(WeightedRows rows, std::int64_t count, std::int64_t terms, std::int64_t width) {
  // As many terms as are added one after the other, and then to the rest.
  constexpr std::int64_t run = 16;
  for (std::int64_t k = 0; k < terms; k += run) {
    const Range ks{k, std::min(k + run, terms)};
    std::int64_t m = 0;
    for (; m + 4 <= count; m += 4) add_weighted<4>(rows.from(m), ks, width);
    for (; m < count; ++m) add_weighted<1>(rows.from(m), ks, width);
    rows.keep = nullptr;
  }
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
