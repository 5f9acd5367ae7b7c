// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ATTENTION_BLOCK_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ATTENTION_BLOCK_INL
#undef SCA_KERNELS_FAST_ATTENTION_BLOCK_INL
#else
#define SCA_KERNELS_FAST_ATTENTION_BLOCK_INL
#endif

#include <algorithm>
#include <cmath>
#include <limits>

#include "hwy/cache_control.h"
#include "kernels/operators/fast/attention_tile-inl.hpp"
#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/weighted_rows-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// What stands in place of a later key's score under a mask, and is added to a masked key's.
inline constexpr float masked_score = -1e4F;
inline constexpr float no_score = -std::numeric_limits<float>::infinity();

/// A key head of a sequence, and the query heads that read it: query t of the g-th of them is row t group +
/// g.
struct KeyHead {
  template <class Call>
  KeyHead(const Call& call, std::int64_t position_, std::int64_t kv_stride, std::int64_t i)
      : hd(call.hd),
        L(call.L),
        heads(call.heads),
        group(call.heads / call.kv_heads),
        position(position_),
        kv_step(call.kv_heads * hd),
        kv_at(i / call.kv_heads * kv_stride + i % call.kv_heads * hd),
        first(i / call.kv_heads * L * heads + i % call.kv_heads * group),
        scale(static_cast<float>(1 / std::sqrt(static_cast<double>(hd)))),
        mask(call.mask == nullptr ? nullptr : call.mask + i / call.kv_heads * L) {}

  std::int64_t rows() const { return L * group; }
  /// Of all [B, L, heads].
  std::int64_t number(std::int64_t row) const { return first + row / group * heads + row % group; }
  std::int64_t query_at(std::int64_t row) const { return number(row) * hd; }
  std::int64_t key_at(std::int64_t key) const { return kv_at + key * kv_step; }
  /// That a row may read.
  std::int64_t last_key(std::int64_t row) const { return position + row / group; }
  /// That may read a key.
  std::int64_t first_row(std::int64_t key) const { return (key - position) * group; }

  /// In place of a later key's score.
  float of_later() const { return mask == nullptr ? no_score : masked_score; }

  std::int64_t hd, L, heads, group, position;
  std::int64_t kv_step, kv_at, first;
  float scale;  // 1 / sqrt(hd), rounded once: no more than sqrt and division of the formula
  const float* mask;
};

struct KeyBlock {
  KeyBlock(const KeyHead& head, Range keys, const float* all_k, const float* all_v)
      : first(keys.first), count(keys.last - keys.first) {
    for (std::int64_t i = 0; i < count; ++i) {
      k[static_cast<std::size_t>(i)] = all_k + head.key_at(first + i);
      v[static_cast<std::size_t>(i)] = all_v + head.key_at(first + i);
    }
  }

  std::int64_t last() const { return first + count; }
  /// For few rows a cache's keys are read once: they should be there in time.
  void fetch(std::int64_t width) const {
    constexpr std::int64_t line = 16;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      for (std::int64_t j = 0; j < width; j += line) {
        hwy::Prefetch(k[i] + j);
        hwy::Prefetch(v[i] + j);
      }
    }
  }

  std::int64_t first, count;
  Pointers<const float, tile_keys> k, v;
};

struct QueryBlock {
  QueryBlock(const KeyHead& of, const Piece& rows, const float* all_q)
      : head(of), first(rows.first), count(rows.last - rows.first) {
    for (std::int64_t r = 0; r < count; ++r)
      q[static_cast<std::size_t>(r)] = all_q + head.query_at(first + r);
  }

  /// q k / sqrt(hd) as softmax takes it: -infinity in place of a later key's, or what the mask says.
  void score(const KeyBlock& keys, bool is_transposed, TransposedRows& transposed, Tile& scores) const {
    dots(q.data(), count, keys.k.data(), keys.count, head.hd, is_transposed, transposed, scores);
    for (std::int64_t row = 0; row < count; row += float_lanes) settle(keys, row, scores.data() + row);
  }

  /// How many of the keys row r may read.
  std::int64_t keys_before(const KeyBlock& keys, std::int64_t r) const {
    return std::clamp(head.last_key(first + r) + 1 - keys.first, std::int64_t{0}, keys.count);
  }

  std::array<Range, tile_rows> keys_of_rows(const KeyBlock& keys, bool all) const {
    std::array<Range, tile_rows> ranges;
    for (std::int64_t r = 0; r < count; ++r)
      ranges[static_cast<std::size_t>(r)] = {0, all ? keys.count : keys_before(keys, r)};
    return ranges;
  }
  std::array<Range, tile_keys> rows_of_keys(const KeyBlock& keys, bool all) const {
    std::array<Range, tile_keys> ranges;
    for (std::int64_t i = 0; i < keys.count; ++i) {
      const std::int64_t from = std::max(head.first_row(keys.first + i) - first, std::int64_t{0});
      ranges[static_cast<std::size_t>(i)] = {all ? 0 : from, count};
    }
    return ranges;
  }

  const KeyHead& head;
  std::int64_t first, count;
  Pointers<const float, tile_rows> q;

 private:
  /// scores   from a row on, which a vector begins with
  void settle(const KeyBlock& keys, std::int64_t row, float* scores) const {
    const Floats d;
    HWY_ALIGN std::array<float, float_lanes> counts;
    for (std::int64_t r = 0; r < float_lanes; ++r)
      counts[static_cast<std::size_t>(r)] =
          static_cast<float>(keys_before(keys, std::min(row + r, count - 1)));
    const auto readable = hn::Load(d, counts.data());
    const auto later = hn::Set(d, head.of_later());
    for (std::int64_t i = 0; i < keys.count; ++i) {
      float* at = scores + i * tile_rows;
      auto score = hn::Mul(hn::Load(d, at), hn::Set(d, head.scale));
      if (head.mask != nullptr)
        score = hn::Add(score, hn::Set(d, (1 - head.mask[keys.first + i]) * masked_score));
      const auto is_readable = hn::Lt(hn::Set(d, static_cast<float>(i)), readable);
      hn::Store(hn::IfThenElse(is_readable, score, later), d, at);
    }
  }
};

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
