// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ONLINE_SOFTMAX_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ONLINE_SOFTMAX_INL
#undef SCA_KERNELS_FAST_ONLINE_SOFTMAX_INL
#else
#define SCA_KERNELS_FAST_ONLINE_SOFTMAX_INL
#endif

#include <array>
#include <utility>

#include "kernels/operators/fast/attention_block-inl.hpp"
#include "kernels/operators/fast/exponential-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// Softmax over the keys so far: e^(score - top) is what a key weighs, `total` their sum.
struct OnlineSoftmax {
  OnlineSoftmax() {
    top.fill(no_score);
    total.fill(0);
  }

  /// Turns scores into weights. What was added up before is to be multiplied by `keep`.
  void weigh(Tile& scores, std::int64_t keys, std::int64_t rows) {
    for (std::int64_t row = 0; row < rows; row += float_lanes) weigh_lanes(scores.data() + row, keys, row);
  }

  /// The same of one row; scores [tile_keys]
  void weigh_row(std::int64_t row, float* scores) {
    const Floats d;
    const auto at = static_cast<std::size_t>(row);
    const auto before = hn::Set(d, top[at]);
    auto now = before;
    for (std::int64_t i = 0; i < tile_keys; i += float_lanes) now = hn::Max(now, hn::Load(d, scores + i));
    now = hn::MaxOfLanes(d, now);
    const auto shift = shift_of(now);
    auto sum = hn::Zero(d);
    for (std::int64_t i = 0; i < tile_keys; i += float_lanes) {
      const auto weight = exponential(hn::Sub(hn::Load(d, scores + i), shift));
      hn::Store(weight, d, scores + i);
      sum = hn::Add(sum, weight);
    }
    top[at] = hn::GetLane(now);
    keep[at] = hn::GetLane(exponential(hn::Sub(before, shift)));
    total[at] = total[at] * keep[at] + sum_of_lanes(sum);
  }

  HWY_ALIGN std::array<float, tile_rows> top, total, keep;

 private:
  /// Of scores that are all -infinity every weight is 0, as long as no other comes.
  static FloatVector shift_of(FloatVector largest) {
    return hn::IfThenZeroElse(hn::Eq(largest, hn::Set(Floats(), no_score)), largest);
  }

  void weigh_lanes(float* scores, std::int64_t keys, std::int64_t row) {
    const Floats d;
    const auto before = hn::Load(d, top.data() + row);
    auto now = before;
    for (std::int64_t i = 0; i < keys; ++i) now = hn::Max(now, hn::Load(d, scores + i * tile_rows));
    const auto shift = shift_of(now);
    const auto kept = exponential(hn::Sub(before, shift));
    FloatVector sums[2] = {hn::Zero(d), hn::Zero(d)};
    for (std::int64_t i = 0; i < keys; ++i) {
      float* at = scores + i * tile_rows;
      const auto weight = exponential(hn::Sub(hn::Load(d, at), shift));
      hn::Store(weight, d, at);
      sums[1] = hn::Add(sums[1], weight);
      std::swap(sums[0], sums[1]);
    }
    hn::Store(now, d, top.data() + row);
    hn::Store(kept, d, keep.data() + row);
    hn::Store(hn::MulAdd(hn::Load(d, total.data() + row), kept, hn::Add(sums[0], sums[1])), d,
              total.data() + row);
  }
};

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
