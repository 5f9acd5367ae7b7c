// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ATTENTION_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ATTENTION_INL
#undef SCA_KERNELS_FAST_ATTENTION_INL
#else
#define SCA_KERNELS_FAST_ATTENTION_INL
#endif

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "kernels/operators/fast/attention_block-inl.hpp"
#include "kernels/operators/fast/attention_few-inl.hpp"
#include "kernels/operators/fast/online_softmax-inl.hpp"
#include "kernels/operators/fast/parts.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// A block of queries on its way over the keys.
class Attending {
 public:
  Attending(const AttentionForward<float>& of, const KeyHead& key_head, const Piece& rows)
      : call_(of), head_(key_head), block_(head_, rows, of.q) {
    for (std::int64_t r = 0; r < block_.count; ++r) {
      y_[static_cast<std::size_t>(r)] = call_.y + head_.query_at(block_.first + r);
      std::fill_n(y_[static_cast<std::size_t>(r)], head_.hd, 0.0F);
    }
  }

  std::int64_t keys() const {
    return head_.mask != nullptr ? head_.L : head_.last_key(block_.first + block_.count - 1) + 1;
  }

  /// Over the block of keys that begins with `first`. `transposed` is its own.
  void over(std::int64_t first, TransposedRows& transposed) {
    const KeyBlock some = block_of(first);
    HWY_ALIGN Tile scores;
    block_.score(some, first > 0, transposed, scores);
    softmax_.weigh(scores, some.count, block_.count);
    add(some, scores, 1, tile_rows);
  }
  /// The same of few rows.
  void over(std::int64_t first) {
    const KeyBlock some = block_of(first);
    block_of(some.last()).fetch(head_.hd);
    HWY_ALIGN Tile weights;
    for (std::int64_t r = 0; r < block_.count; ++r) {
      float* of_row = weights.data() + r * tile_keys;
      score_row(block_, r, some, of_row);
      softmax_.weigh_row(r, of_row);
    }
    add(some, weights, tile_keys, 1);
  }

  void finish() {
    for (std::int64_t r = 0; r < block_.count; ++r) {
      const auto at = static_cast<std::size_t>(r);
      for_vectors(0, head_.hd, [&](auto lanes, std::int64_t j) HWY_ATTR {
        store(lanes, hn::Div(load(lanes, y_[at] + j), hn::Set(Floats(), softmax_.total[at])), y_[at] + j);
      });
      if (call_.log_sum != nullptr)
        call_.log_sum[head_.number(block_.first + r)] = softmax_.top[at] + std::log(softmax_.total[at]);
    }
  }

 private:
  void add(const KeyBlock& some, const Tile& weights, std::int64_t of_row, std::int64_t of_key) {
    const auto ranges = block_.keys_of_rows(some, head_.mask != nullptr);
    add_weighted(
        {weights.data(), of_row, of_key, some.v.data(), ranges.data(), softmax_.keep.data(), y_.data()},
        block_.count, some.count, head_.hd);
  }
  KeyBlock block_of(std::int64_t first) const {
    return {head_, {first, std::min(first + tile_keys, keys())}, call_.k, call_.v};
  }

  const AttentionForward<float>& call_;
  const KeyHead head_;
  const QueryBlock block_;
  Pointers<float, tile_rows> y_;
  OnlineSoftmax softmax_;
};

inline void attend(const AttentionForward<float>& call, std::int64_t head, const Piece& rows) {
  Attending one(call, KeyHead(call, call.position, call.kv_stride, head), rows);
  HWY_ALIGN TransposedRows transposed;
  for (std::int64_t key = 0; key < one.keys(); key += tile_keys) one.over(key, transposed);
  one.finish();
}

/// Heads that stay together.
inline constexpr std::int64_t most_together = 8;

/// Of few rows: block after block of keys, of some heads of a sequence, so that a cache is read as it lies.
inline void attend_few(const AttentionForward<float>& call, std::int64_t first, std::int64_t count) {
  std::array<std::optional<Attending>, most_together> all;
  const std::span some(all.data(), static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    const KeyHead head(call, call.position, call.kv_stride, first + i);
    some[static_cast<std::size_t>(i)].emplace(call, head, Piece(0, few_rows, head.rows()));
  }
  for (std::int64_t key = 0; key < some.front()->keys(); key += tile_keys) {
    for (auto& one : some) one->over(key);
  }
  for (auto& one : some) one->finish();
}

inline void attention_of_few(const AttentionForward<float>& call, std::int64_t work) {
  const std::int64_t each = call.B * call.kv_heads / most_threads(call.threads);
  const std::int64_t together = std::clamp(each, std::int64_t{1}, std::min(most_together, call.kv_heads));
  const std::int64_t pieces = Piece::pieces(together, call.kv_heads);
  for_each_part({call.B * pieces, work, call.threads}, [&](std::int64_t part) {
    const Piece heads(part % pieces, together, call.kv_heads);
    attend_few(call, part / pieces * call.kv_heads + heads.first, heads.last - heads.first);
  });
}

inline void attention_of_many(const AttentionForward<float>& call, std::int64_t work) {
  const std::int64_t rows = call.L * (call.heads / call.kv_heads);
  const std::int64_t blocks = Piece::pieces(tile_rows, rows);
  for_each_part({call.B * call.kv_heads * blocks, work, call.threads}, [&](std::int64_t part) {
    // The last ones read the most keys: they come first.
    attend(call, part / blocks, Piece(blocks - 1 - part % blocks, tile_rows, rows));
  });
}

inline void attention(const AttentionForward<float>& call) {
  const std::int64_t pairs = call.B * call.heads * call.L * (call.position + call.L);
  if (pairs == 0) return;  // there may be no heads to share among
  const std::int64_t work = pairs * (call.hd + float_lanes) / float_lanes;
  if (call.L * (call.heads / call.kv_heads) <= few_rows)
    attention_of_few(call, work);
  else
    attention_of_many(call, work);
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
