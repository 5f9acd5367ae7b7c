// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_CROSS_ENTROPY_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_CROSS_ENTROPY_INL
#undef SCA_KERNELS_FAST_CROSS_ENTROPY_INL
#else
#define SCA_KERNELS_FAST_CROSS_ENTROPY_INL
#endif

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/operators/fast/exponential-inl.hpp"
#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

inline constexpr float lowest = -std::numeric_limits<float>::infinity();

/// Of no NaN, and something or other where one is: it reaches every sum of exponentials.
inline float largest(const float* s, std::int64_t count) {
  const Floats d;
  auto top = hn::Set(d, lowest);
  for_vectors(0, count, [&](auto lanes, std::int64_t i) HWY_ATTR {
    top = hn::Max(top, load_or(lanes, lowest, s + i));
  });
  return hn::GetLane(hn::MaxOfLanes(d, top));
}

/// sum e^(s - top); the terms are left in `terms`, unless it is null.
inline float sum_of_exponentials(const float* s, std::int64_t count, float top, float* terms) {
  const Floats d;
  auto sum = hn::Zero(d);
  for_vectors(0, count, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const auto less = hn::Sub(load_or(lanes, lowest, s + i), hn::Set(d, top));
    const auto term = exponential(less);
    sum = hn::Add(sum, term);
    if (terms != nullptr) store(lanes, term, terms + i);
  });
  return sum_of_lanes(sum);
}

inline void multiply(float* x, std::int64_t count, float factor) {
  for_vectors(0, count, [&](auto lanes, std::int64_t i) HWY_ATTR {
    store(lanes, hn::Mul(load(lanes, x + i), hn::Set(Floats(), factor)), x + i);
  });
}

/// The loss of one row s [vocab], and its gradient over `count`; null: not wanted.
inline float row_cross_entropy(const float* s, std::int64_t vocab, std::int64_t label, std::int64_t count,
                               float* by_s) {
  const float top = largest(s, vocab);
  const float total = sum_of_exponentials(s, vocab, top, by_s);
  if (by_s != nullptr) {
    const float of_label = by_s[label];
    // Rounded once: with the multiplication no more than the two divisions of the formula.
    multiply(by_s, vocab, static_cast<float>(1 / (static_cast<double>(total) * static_cast<double>(count))));
    by_s[label] = (of_label / total - 1) / static_cast<float>(count);
  }
  return top - s[label] + std::log(total);
}

inline void cross_entropy_row(const CrossEntropy<float>& call, std::int64_t i, std::int64_t count) {
  float* by_s = call.logits_gradient == nullptr ? nullptr : call.logits_gradient + i * call.vocab;
  if (call.labels[i] >= 0) {
    call.losses[i] = row_cross_entropy(call.logits + i * call.vocab, call.vocab, call.labels[i], count, by_s);
  } else {
    call.losses[i] = 0;
    if (by_s != nullptr) std::fill_n(by_s, call.vocab, 0.0F);
  }
}

inline void cross_entropy(const CrossEntropy<float>& call) {
  const std::int64_t* end = call.labels + call.rows;
  const std::int64_t count = std::count_if(call.labels, end, [](std::int64_t label) { return label >= 0; });
  const std::int64_t size = 1 + (1 << 14) / (call.vocab + 1);
  constexpr std::int64_t work_of_vector = 32;  // an exponential, mostly
  for_each_part(
      {Piece::pieces(size, call.rows), call.rows * call.vocab * work_of_vector / float_lanes, call.threads},
      [&](std::int64_t part) {
        const Piece rows(part, size, call.rows);
        for (std::int64_t i = rows.first; i < rows.last; ++i) cross_entropy_row(call, i, count);
      });
  float sum = 0;
  for (std::int64_t i = 0; i < call.rows; ++i) sum += call.losses[i];
  *call.loss = count == 0 ? 0.0F : sum / static_cast<float>(count);
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
