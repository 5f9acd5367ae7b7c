// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_PREFIX_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_PREFIX_INL
#undef SCA_KERNELS_SIMD_PREFIX_INL
#else
#define SCA_KERNELS_SIMD_PREFIX_INL
#endif

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

#include "hwy/highway.h"
#include "kernels/cpu/core/simd/arena.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Sums of rows, pairwise: level i holds the sum of 2^i rows where bit i of their number is set. `width` is a
/// multiple of the vector's lanes.
template <class Real>
class PairwiseSum {
 public:
  PairwiseSum(Arena& arena, std::size_t levels, std::size_t width)
      : levels_(arena.take<Real>(levels * width)), width_(width) {}

  void clear() { count_ = 0; }

  /// Overwrites the row.
  void add(Real* row) {
    const hn::ScalableTag<Real> d;
    std::size_t level = 0;
    for (; (count_ >> level & 1U) != 0; ++level) {
      const Real* older = levels_ + level * width_;
      for (std::size_t i = 0; i < width_; i += hn::Lanes(d))
        hn::Store(hn::Add(hn::Load(d, older + i), hn::Load(d, row + i)), d, row + i);
    }
    std::copy_n(row, width_, levels_ + level * width_);
    ++count_;
  }

  /// base + all rows, the smallest level first.
  void total(const Real* base, Real* sum) const {
    const hn::ScalableTag<Real> d;
    const int top = std::bit_width(count_);
    for (std::size_t i = 0; i < width_; i += hn::Lanes(d)) {
      auto all = hn::Zero(d);
      for (int level = 0; level < top; ++level)
        if ((count_ >> level & 1U) != 0)
          all = hn::Add(all, hn::Load(d, levels_ + static_cast<std::size_t>(level) * width_ + i));
      hn::Store(hn::Add(all, hn::Load(d, base + i)), d, sum + i);
    }
  }

 private:
  Real* levels_;
  std::size_t width_;
  std::size_t count_ = 0;
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
