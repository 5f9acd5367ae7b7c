// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_BACKWARD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_BACKWARD_INL
#undef SCA_KERNELS_SIMD_BACKWARD_INL
#else
#define SCA_KERNELS_SIMD_BACKWARD_INL
#endif

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hwy/cache_control.h"
#include "kernels/cpu/core/simd/chunk_back-inl.hpp"
#include "kernels/cpu/core/simd/sharing.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// What all threads' sequences leave: gradients by parameters of each sequence and head, added up in the end.
template <class Stored>
struct BackwardTotals {
  using Real = RealOf<Stored>;

  BackwardTotals(Arena& arena, const sca_core_shape& shape)
      : layout(shape, hn::Lanes(hn::ScalableTag<Real>())),
        width(gradient_width(layout)),
        rows(arena.take<Real>(static_cast<std::size_t>(shape.B * shape.K) * width)),
        sum(arena, width, static_cast<std::size_t>(std::bit_width(static_cast<std::size_t>(shape.B)))) {}

  Real* row(std::int64_t i) const { return rows + static_cast<std::size_t>(i) * width; }

  Layout layout;
  std::size_t width;
  Real* rows;  // [B, K, width]
  Carry<Real> sum;
};

template <class Stored>
void begin_queries(const BackwardMemory<Stored>& memory, const Head<Stored>& head) {
  stage_queries(head, memory.tile);
  std::fill_n(memory.back.by_query, memory.tile.count * 2 * memory.layout.plane, RealOf<Stored>(0));
}

/// The queries' gradients, to which all heads of a group have added.
template <class Stored>
HWY_NOINLINE void store_queries(const BackwardMemory<Stored>& memory, const Head<Stored>& head,
                                const sca_tokens& by_query) {
  const Layout& layout = memory.layout;
  for (std::size_t t = 0; t < memory.tile.count; ++t) {
    Stored* to = row<Stored>(by_query, head.b, memory.tile.first + static_cast<std::int64_t>(t)) +
                 head.query_head * 2 * head.width;
    gather(layout, memory.back.by_query + t * 2 * layout.plane, 2 * layout.M, memory.tile.row, to);
  }
}

/// Heads [first, last) of one sequence, forth and back chunk by chunk.
template <class Stored>
void backward_heads(const sca_core_backward& call, BackwardMemory<Stored>& memory,
                    const BackwardTotals<Stored>& totals, std::int64_t b, std::int64_t first,
                    std::int64_t last) {
  const auto group = static_cast<std::size_t>(call.in.shape.K / call.in.shape.Kq);
  const std::span trips(memory.trips, static_cast<std::size_t>(last - first));
  for (auto& [walk, by] : trips) {
    walk.enter(memory.layout, call.in, b, first++, memory.tile.row);
    for (Carry<RealOf<Stored>>* carry : {&walk.state, &by.state, &by.parameters}) carry->start_from_nothing();
  }
  auto& tile = memory.tile;
  const auto chunks = static_cast<std::int64_t>(chunk_count(call.in.shape.L));
  const auto go_to = [&](std::int64_t chunk) {
    tile.first = chunk * static_cast<std::int64_t>(chunk_tokens);
    tile.count = std::min(chunk_tokens, static_cast<std::size_t>(call.in.shape.L - tile.first));
  };
  const auto next = [&](std::size_t i, std::int64_t step) {
    const bool is_last = i + 1 == trips.size();
    return Next<Stored>{trips[is_last ? 0 : i + 1].walk.head, is_last ? tile.first + step : tile.first};
  };
  constexpr auto step = static_cast<std::int64_t>(chunk_tokens);
  for (std::int64_t chunk = 0; chunk < chunks; ++chunk) {
    go_to(chunk);
    for (std::size_t i = 0; i < trips.size(); ++i) forth(memory, trips[i], next(i, step));
  }
  for (std::int64_t chunk = chunks; chunk-- > 0;) {
    go_to(chunk);
    for (std::size_t i = 0; i < trips.size(); i += group) {
      const Head<Stored>& head = *trips[i].walk.head;
      const bool is_staged = !goes_straight(head, memory.layout);
      if (is_staged) begin_queries(memory, head);
      for (std::size_t j = i; j < i + group; ++j) back(call, memory, trips[j], next(j, -step));
      if (is_staged) store_queries(memory, head, call.query);
    }
  }
  for (const auto& [walk, by] : trips)
    by.parameters.sums.total(by.parameters.base, totals.row(b * call.in.shape.K + walk.head->k));
}

/// The parameters' gradients, summed over the sequences.
template <class Stored>
void store_parameters(const sca_core_backward& call, BackwardTotals<Stored>& totals) {
  using Real = RealOf<Stored>;
  const sca_core_shape& shape = call.in.shape;
  const auto reals = [](void* data) { return static_cast<Real*>(data); };
  const Layout& layout = totals.layout;
  Carry<Real>& sum = totals.sum;
  for (std::int64_t k = 0; k < shape.K; ++k) {
    sum.start_from_nothing();
    for (std::int64_t b = 0; b < shape.B; ++b) sum.sums.add(totals.row(b * shape.K + k));
    sum.sums.total(sum.base, sum.now);
    const std::int64_t at = k * shape.H * shape.M;
    gather(layout, sum.now, layout.M, sum.local, reals(call.theta) + at);
    gather(layout, sum.now + layout.plane, layout.M, sum.local, reals(call.omega) + at);
    const Real* scalars = sum.now + 2 * layout.plane;
    reals(call.rate)[k] = scalars[of_rate];
    reals(call.score_scale)[k] = scalars[of_score_scale];
    reals(call.score_bias)[k] = scalars[of_score_bias];
    reals(call.phase_scale)[k] = scalars[of_phase_scale];
  }
}

/// Bytes that all threads share, and those of a thread that has `heads` of them at a time.
template <class Stored>
std::size_t totals_bytes(const sca_core_shape& shape) {
  Arena arena(nullptr);
  BackwardTotals<Stored>(arena, shape);
  return arena.used();
}
template <class Stored>
std::size_t backward_bytes(const sca_core_shape& shape, std::int64_t heads) {
  Arena arena(nullptr);
  BackwardMemory<Stored>(arena, shape, heads);
  return arena.used();
}

template <class Stored>
void backward_share(const void* context, const Share& share) {
  const auto& call = *static_cast<const sca_core_backward*>(context);
  const sca_core_shape& shape = call.in.shape;
  Arena common(call.workspace);
  const BackwardTotals<Stored> totals(common, shape);
  std::byte* own = static_cast<std::byte*>(call.workspace) + common.used();
  Arena arena(share.memory(own, backward_bytes<Stored>(shape, share.heads)));
  BackwardMemory<Stored> memory(arena, shape, share.heads);
  share.for_each_sequence(shape.K, [&](std::int64_t b, std::int64_t first, std::int64_t last) {
    backward_heads(call, memory, totals, b, first, last);
  });
  hwy::FlushStream();
}

template <class Stored>
std::size_t backward_workspace(const sca_core_shape& shape, std::int32_t wanted) {
  const Sharing sharing(shape, shape.K / shape.Kq, wanted);
  return totals_bytes<Stored>(shape) +
         static_cast<std::size_t>(sharing.threads) * backward_bytes<Stored>(shape, sharing.heads);
}

template <class Stored>
int backward(const sca_core_backward* call) {
  if (!are_known(call->in.rules)) return 1;
  const sca_core_shape& shape = call->in.shape;
  run(Sharing(shape, shape.K / shape.Kq, call->threads), backward_share<Stored>, call);
  Arena arena(call->workspace);
  BackwardTotals<Stored> totals(arena, shape);
  store_parameters(*call, totals);
  return 0;
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
