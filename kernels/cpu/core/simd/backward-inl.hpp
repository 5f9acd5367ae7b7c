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
#include <memory>
#include <span>

#include "kernels/cpu/core/simd/sharing.hpp"
#include "kernels/cpu/core/simd/tokens_back-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// One thread's memory.
template <class Stored>
struct BackwardMemory {
  using Real = RealOf<Stored>;

  /// A head's way forth and back.
  struct Trip {
    Walk<Stored> walk;
    Gradients<Real> by;
  };

  BackwardMemory(Arena& arena, const sca_core_shape& shape, std::int64_t heads)
      : layout(shape, hn::Lanes(hn::ScalableTag<Real>())),
        tile(arena, layout),
        back(arena, layout),
        trips(arena.take<Trip>(static_cast<std::size_t>(heads))) {
    for (std::int64_t i = 0; i < heads; ++i) {
      const Trip trip{Walk<Stored>(arena, layout, shape.L), Gradients<Real>(arena, layout, shape.L)};
      if (trips != nullptr) std::construct_at(trips + i, trip);
    }
  }

  Layout layout;
  Tile<Real> tile;
  ReturnTile<Real> back;
  Trip* trips;  // of the heads that go through a sequence together
};

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

struct Ignore {
  template <class... V>
  HWY_INLINE void operator()(std::size_t, const V&...) const {}
};

template <bool is_wide, Growth growth, class Stored, class Real = RealOf<Stored>>
HWY_NOINLINE void absorb_all(const Walk<Stored>& walk, const Tile<Real>& tile) {
  for (std::size_t h = 0; h < tile.layout.padded; h += tile.layout.lanes)
    for (std::size_t m = 0; m < tile.layout.M; ++m) absorb<is_wide, growth>(walk, tile, m, h, Ignore());
}

/// The tile's weights, and what else depends on the token but not on the sample.
template <class Stored, class Real = RealOf<Stored>>
void stage(const Walk<Stored>& walk, const Tile<Real>& tile) {
  weigh_tokens(*walk.head, tile.first, tile);
  sum_weights<Growth::chunked>(walk, tile);
  stage_keys(*walk.head, tile);
}

/// Adds the chunk to the state, having kept what it was before.
template <class Stored>
void forth(const BackwardMemory<Stored>& memory, typename BackwardMemory<Stored>::Trip& trip) {
  Walk<Stored>& walk = trip.walk;
  const auto& tile = memory.tile;
  const std::size_t chunk = static_cast<std::size_t>(tile.first) / chunk_tokens;
  std::copy_n(walk.state.now, memory.layout.state, trip.by.checkpoints + chunk * memory.layout.state);
  stage(walk, tile);
  with_kind_of<Growth::chunked>(*walk.head,
                                [&](auto is_wide, auto growth) { absorb_all<is_wide, growth>(walk, tile); });
  walk.state.advance(!walk.head->is_recursive());
}

/// upstream / sqrt(H)
template <class Stored>
HWY_NOINLINE void stage_upstream(const BackwardMemory<Stored>& memory, const Head<Stored>& head,
                                 const sca_const_tokens& upstream) {
  const hn::ScalableTag<RealOf<Stored>> d;
  const Layout& layout = memory.layout;
  const Root<RealOf<Stored>> root(head.in);
  for (std::size_t t = 0; t < memory.tile.count; ++t) {
    const Stored* token = row<Stored>(upstream, head.b, memory.tile.first + static_cast<std::int64_t>(t)) +
                          head.k * 2 * head.in.shape.H;
    for (std::size_t part = 0; part < 2; ++part) {
      const auto* from = widen(token + part * layout.H, layout.H, layout.padded, memory.tile.row);
      for (std::size_t h = 0; h < layout.padded; h += layout.lanes)
        hn::Store(root.divide(d, hn::LoadU(d, from + h)), d,
                  memory.back.upstream + (2 * t + part) * layout.padded + h);
    }
  }
}

/// One head's chunk on the way back.
template <class Stored>
void back(const sca_core_backward& call, const BackwardMemory<Stored>& memory,
          typename BackwardMemory<Stored>::Trip& trip) {
  Walk<Stored>& walk = trip.walk;
  Gradients<RealOf<Stored>>& by = trip.by;
  const Head<Stored>& head = *walk.head;
  const auto& tile = memory.tile;
  const std::size_t chunk = static_cast<std::size_t>(tile.first) / chunk_tokens;
  std::copy_n(by.checkpoints + chunk * memory.layout.state, memory.layout.state, walk.state.now);
  stage(walk, tile);
  stage_upstream(memory, head, call.output_gradient);
  with_kind_of<Growth::chunked>(
      head, [&](auto is_wide, auto growth) { go_back<is_wide, growth>(walk, tile, memory.back, by); });
  const auto by_rate = weights_back(walk, tile, memory.back, by.state, call.key);
  scores_back(head, tile, memory.back, by_rate, call.score, by.parameters.local + 2 * memory.layout.plane);
  by.parameters.sums.add(by.parameters.local);
  by.state.advance(!head.is_recursive());
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
  const std::int64_t group = call.in.shape.K / call.in.shape.Kq;
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
  for (std::int64_t chunk = 0; chunk < chunks; ++chunk) {
    go_to(chunk);
    for (auto& trip : trips) forth(memory, trip);
  }
  for (std::int64_t chunk = chunks; chunk-- > 0;) {
    go_to(chunk);
    for (std::size_t i = 0; i < trips.size(); i += static_cast<std::size_t>(group)) {
      const Head<Stored>& head = *trips[i].walk.head;
      stage_queries(head, tile);
      std::fill_n(memory.back.by_query, tile.count * 2 * memory.layout.plane, RealOf<Stored>(0));
      for (auto& trip : trips.subspan(i, static_cast<std::size_t>(group))) back(call, memory, trip);
      store_queries(memory, head, call.query);
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
}

template <class Stored>
std::size_t backward_workspace(const sca_core_shape& shape, std::int32_t wanted) {
  const Sharing sharing(shape, shape.K / shape.Kq, wanted);
  return totals_bytes<Stored>(shape) +
         static_cast<std::size_t>(sharing.threads) * backward_bytes<Stored>(shape, sharing.heads);
}

template <class Stored>
int backward(const sca_core_backward* call) {
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
