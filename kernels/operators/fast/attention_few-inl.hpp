// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ATTENTION_FEW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ATTENTION_FEW_INL
#undef SCA_KERNELS_FAST_ATTENTION_FEW_INL
#else
#define SCA_KERNELS_FAST_ATTENTION_FEW_INL
#endif

#include "kernels/operators/fast/attention_block-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

// Of so few rows that vectors along them would be empty, the keys are in lanes.
inline constexpr std::int64_t few_rows = 4;
static_assert(few_rows * tile_keys <= tile_keys * tile_rows);

/// x y_i of four rows y
HWY_INLINE void four_dots(const float* x, const float* const* y, std::int64_t width, float* to) {
  const Floats d;
  FloatVector sums[4] = {hn::Zero(d), hn::Zero(d), hn::Zero(d), hn::Zero(d)};
  for_vectors(0, width, [&](auto lanes, std::int64_t j) HWY_ATTR {
    const auto of_x = load(lanes, x + j);
    HWY_UNROLL(4)
    for (std::size_t i = 0; i < 4; ++i) sums[i] = hn::MulAdd(of_x, load(lanes, y[i] + j), sums[i]);
  });
  HWY_UNROLL(4)
  for (std::size_t i = 0; i < 4; ++i) to[i] = sum_of_lanes(sums[i]);
}

/// Row r's scores of the keys, [tile_keys]; -infinity where there is none.
inline void score_row(const QueryBlock& block, std::int64_t r, const KeyBlock& keys, float* scores) {
  const Floats d;
  const KeyHead& head = block.head;
  const float* q = block.q[static_cast<std::size_t>(r)];
  std::int64_t i = 0;
  for (; i + 4 <= keys.count; i += 4) four_dots(q, keys.k.data() + i, head.hd, scores + i);
  for (; i < keys.count; ++i) scores[i] = dot(q, keys.k[static_cast<std::size_t>(i)], head.hd);
  std::fill(scores + i, scores + tile_keys, 0.0F);
  const auto readable = hn::Set(d, static_cast<float>(block.keys_before(keys, r)));
  for_vectors(0, keys.count, [&](auto lanes, std::int64_t first) HWY_ATTR {
    auto score = hn::Mul(hn::Load(d, scores + first), hn::Set(d, head.scale));
    if (head.mask != nullptr) {
      const auto masked = hn::Sub(hn::Set(d, 1.0F), load(lanes, head.mask + keys.first + first));
      score = hn::Add(score, hn::Mul(masked, hn::Set(d, masked_score)));
    }
    const auto is_readable = hn::Lt(hn::Iota(d, static_cast<float>(first)), readable);
    hn::Store(hn::IfThenElse(is_readable, score, hn::Set(d, head.of_later())), d, scores + first);
  });
  std::fill(scores + keys.count, scores + tile_keys, no_score);
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
