// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ATTENTION_BACKWARD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ATTENTION_BACKWARD_INL
#undef SCA_KERNELS_FAST_ATTENTION_BACKWARD_INL
#else
#define SCA_KERNELS_FAST_ATTENTION_BACKWARD_INL
#endif

#include <algorithm>
#include <array>

#include "kernels/operators/fast/attention_block-inl.hpp"
#include "kernels/operators/fast/exponential-inl.hpp"
#include "kernels/operators/fast/parts.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// The gradients of a block of queries: writes theirs, adds to their keys' and values'.
class AttentionReturn {
 public:
  AttentionReturn(const AttentionBackward<float>& of, const KeyHead& key_head, const Piece& rows)
      : call_(of), head_(key_head), block_(key_head, rows, of.q) {
    for (std::int64_t r = 0; r < block_.count; ++r) {
      const auto at = static_cast<std::size_t>(r);
      const std::int64_t row = head_.query_at(rows.first + r);
      by_y_[at] = call_.y_gradient + row;
      by_q_[at] = call_.q_gradient + row;
      std::fill_n(by_q_[at], head_.hd, 0.0F);
      mean_[at] = dot(by_y_[at], call_.y + row, head_.hd);
      log_sum_[at] = call_.log_sum[head_.number(rows.first + r)];
    }
  }

  void through(const KeyBlock& keys, bool is_first) {
    block_.score(keys, !is_first, q_, weights_);
    dots(by_y_.data(), block_.count, keys.v.data(), keys.count, head_.hd, !is_first, transposed_by_y_,
         by_scores_);
    for (std::int64_t row = 0; row < block_.count; row += float_lanes) weigh(keys.count, row);
    Pointers<float, tile_keys> by_k;
    Pointers<float, tile_keys> by_v;
    for (std::int64_t i = 0; i < keys.count; ++i) {
      by_k[static_cast<std::size_t>(i)] = call_.k_gradient + head_.key_at(keys.first + i);
      by_v[static_cast<std::size_t>(i)] = call_.v_gradient + head_.key_at(keys.first + i);
    }
    // A later key's score is a constant; under a mask it has a weight.
    const auto readers = block_.rows_of_keys(keys, false);
    const auto weighed = block_.rows_of_keys(keys, head_.mask != nullptr);
    const auto read = block_.keys_of_rows(keys, false);
    add_weighted({weights_.data(), tile_rows, 1, by_y_.data(), weighed.data(), nullptr, by_v.data()},
                 keys.count, block_.count, head_.hd);
    add_weighted({by_scores_.data(), tile_rows, 1, block_.q.data(), readers.data(), nullptr, by_k.data()},
                 keys.count, block_.count, head_.hd);
    add_weighted({by_scores_.data(), 1, tile_rows, keys.k.data(), read.data(), nullptr, by_q_.data()},
                 block_.count, keys.count, head_.hd);
  }

 private:
  /// Scores into weights, the weights' gradients into those of q k.
  void weigh(std::int64_t keys, std::int64_t row) {
    const Floats d;
    const auto log_sum = hn::Load(d, log_sum_.data() + row);
    const auto mean = hn::Load(d, mean_.data() + row);
    for (std::int64_t i = 0; i < keys; ++i) {
      float* weight_at = weights_.data() + i * tile_rows + row;
      float* by_score_at = by_scores_.data() + i * tile_rows + row;
      const auto weight = exponential(hn::Sub(hn::Load(d, weight_at), log_sum));
      const auto by_score = hn::Mul(weight, hn::Sub(hn::Load(d, by_score_at), mean));
      hn::Store(weight, d, weight_at);
      hn::Store(hn::Mul(by_score, hn::Set(d, head_.scale)), d, by_score_at);
    }
  }

  const AttentionBackward<float>& call_;
  const KeyHead& head_;
  const QueryBlock block_;
  Pointers<const float, tile_rows> by_y_;
  Pointers<float, tile_rows> by_q_;
  HWY_ALIGN std::array<float, tile_rows> mean_{}, log_sum_{};
  HWY_ALIGN TransposedRows q_, transposed_by_y_;
  HWY_ALIGN Tile weights_, by_scores_;
};

/// One key head: its query heads one after the other.
inline void attention_backward_head(const AttentionBackward<float>& call, const KeyHead& head) {
  for (std::int64_t key = 0; key < head.L; ++key) {
    std::fill_n(call.k_gradient + head.key_at(key), head.hd, 0.0F);
    std::fill_n(call.v_gradient + head.key_at(key), head.hd, 0.0F);
  }
  for (std::int64_t i = 0; i < Piece::pieces(tile_rows, head.rows()); ++i) {
    const Piece rows(i, tile_rows, head.rows());
    AttentionReturn back(call, head, rows);
    const std::int64_t all = head.mask == nullptr ? head.last_key(rows.last - 1) + 1 : head.L;
    for (std::int64_t key = 0; key < all; key += tile_keys)
      back.through(KeyBlock(head, {key, std::min(key + tile_keys, all)}, call.k, call.v), key == 0);
  }
}

inline void attention_backward(const AttentionBackward<float>& call) {
  constexpr std::int64_t work_of_pair = 3;
  const std::int64_t pairs = call.B * call.heads * call.L * call.L;
  if (pairs == 0) return;
  const std::int64_t kv_stride = call.L * call.kv_heads * call.hd;
  for_each_part(
      {call.B * call.kv_heads, pairs * work_of_pair * (call.hd + float_lanes) / float_lanes, call.threads},
      [&](std::int64_t part) { attention_backward_head(call, KeyHead(call, 0, kv_stride, part)); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
