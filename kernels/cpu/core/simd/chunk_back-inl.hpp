// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_CHUNK_BACK_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_CHUNK_BACK_INL
#undef SCA_KERNELS_SIMD_CHUNK_BACK_INL
#else
#define SCA_KERNELS_SIMD_CHUNK_BACK_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "kernels/cpu/core/simd/return-inl.hpp"
#include "kernels/cpu/core/simd/tokens_back-inl.hpp"
#include "kernels/cpu/core/simd/total_weight-inl.hpp"

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

struct Ignore {
  template <class Token>
  HWY_INLINE void operator()(std::size_t, const Token&) const {}
};

/// Whether a head's rows go straight from and to the caller's.
template <class Stored>
bool goes_straight(const Head<Stored>& head, const Layout& layout) {
  return !head.is_wide && are_direct<Stored>(layout) && head.in.shape.K == head.in.shape.Kq;
}

/// Steps 3 and 4 of a chunk.
template <Growth growth, class Stored, class Real = RealOf<Stored>>
HWY_FLATTEN HWY_NOINLINE void absorb_all(const Walk<Stored>& walk, const Tile<Real>& tile) {
  stage_keys(*walk.head, tile);
  for (std::size_t h = 0; h < tile.layout.padded; h += tile.layout.lanes)
    for_all_samples(tile.layout.M, [&](auto N, std::size_t m) {
      absorb<N, growth>(walk, tile, StagedKeys(tile, h), m, h, Ignore());
    });
}
template <std::size_t N, Growth growth, class Real>
HWY_FLATTEN HWY_NOINLINE void absorb_rows(const Walk<Real>& walk, const Tile<Real>& tile,
                                          const Next<Real>& next) {
  for (std::size_t h = 0; h < tile.layout.padded; h += tile.layout.lanes)
    absorb<N, growth>(walk, tile, DirectKeys(*walk.head, tile, next, h), 0, h, Ignore());
}

/// Adds the chunk to the state, having kept what it was before.
template <class Stored>
void forth(const BackwardMemory<Stored>& memory, typename BackwardMemory<Stored>::Trip& trip,
           const Next<Stored>& next) {
  Walk<Stored>& walk = trip.walk;
  const auto& tile = memory.tile;
  const std::size_t chunk = static_cast<std::size_t>(tile.first) / chunk_tokens;
  std::copy_n(walk.state.now, memory.layout.state, trip.by.checkpoints + chunk * memory.layout.state);
  weigh_tokens(*walk.head, tile.first, tile);
  sum_weights<Growth::chunked>(walk, tile);
  with_growth_of<Growth::chunked>(*walk.head, [&](auto growth) {
    if constexpr (std::is_same_v<Stored, RealOf<Stored>>) {
      if (goes_straight(*walk.head, memory.layout))
        return memory.layout.M == 1 ? absorb_rows<1, growth>(walk, tile, next)
                                    : absorb_rows<2, growth>(walk, tile, next);
    }
    absorb_all<growth>(walk, tile);
  });
  walk.state.advance(!walk.head->is_recursive());
}

/// Keys, and upstream / sqrt(H).
template <class Stored>
HWY_NOINLINE void stage_back(const BackwardMemory<Stored>& memory, const Head<Stored>& head,
                             const sca_const_tokens& upstream) {
  const hn::ScalableTag<RealOf<Stored>> d;
  const Layout& layout = memory.layout;
  const Root<RealOf<Stored>> root(head.in);
  stage_keys(head, memory.tile);
  for (std::size_t t = 0; t < memory.tile.count; ++t) {
    const std::int64_t at = memory.tile.first + static_cast<std::int64_t>(t);
    const auto* key = widen(head.key(at), layout.H, layout.padded, memory.tile.row);
    std::copy_n(key, layout.padded, memory.back.key + t * layout.padded);
    const Stored* token = row<Stored>(upstream, head.b, at) + head.k * 2 * head.in.shape.H;
    for (std::size_t part = 0; part < 2; ++part) {
      const auto* from = widen(token + part * layout.H, layout.H, layout.padded, memory.tile.row);
      for (std::size_t h = 0; h < layout.padded; h += layout.lanes)
        hn::Store(root.divide(d, hn::LoadU(d, from + h)), d,
                  memory.back.upstream + (2 * t + part) * layout.padded + h);
    }
  }
}

/// Steps 3 to 5 of a chunk forth once more and back, its keys' and queries' gradients.
template <Growth growth, class Stored>
HWY_FLATTEN HWY_NOINLINE void return_staged(const sca_core_backward& call,
                                            const BackwardMemory<Stored>& memory,
                                            const typename BackwardMemory<Stored>::Trip& trip) {
  using Real = RealOf<Stored>;
  const Walk<Stored>& walk = trip.walk;  // clang 14 captures no structured binding
  const Gradients<Real>& by = trip.by;
  const Tile<Real>& tile = memory.tile;
  const Layout& layout = tile.layout;
  stage_back(memory, *walk.head, call.output_gradient);
  for (std::size_t h = 0; h < layout.padded; h += layout.lanes) {
    for_all_samples(layout.M, [&](auto N, std::size_t m) {
      const StagedBack<N, Real> rows(tile, memory.back, m, h);
      forth_and_back<N, false, growth>(walk, tile, memory.back, by, rows, m, h);
    });
  }
  for (std::size_t t = 0; t < tile.count; ++t)
    narrow(memory.back.by_key + t * layout.padded, layout.H,
           row<Stored>(call.key, walk.head->b, tile.first + static_cast<std::int64_t>(t)) +
               walk.head->k * call.in.shape.H);
}
template <std::size_t N, Growth growth, class Real>
HWY_FLATTEN HWY_NOINLINE void return_rows(const sca_core_backward& call, const BackwardMemory<Real>& memory,
                                          const typename BackwardMemory<Real>::Trip& trip,
                                          const Next<Real>& next) {
  const auto& [walk, by] = trip;
  const Tile<Real>& tile = memory.tile;
  for (std::size_t h = 0; h < tile.layout.padded; h += tile.layout.lanes) {
    const DirectBack<N, Real> rows(call, *walk.head, tile, next, h);
    forth_and_back<N, true, growth>(walk, tile, memory.back, by, rows, 0, h);
  }
}

/// One head's chunk on the way back.
template <class Stored>
void back(const sca_core_backward& call, const BackwardMemory<Stored>& memory,
          typename BackwardMemory<Stored>::Trip& trip, const Next<Stored>& next) {
  Walk<Stored>& walk = trip.walk;
  Gradients<RealOf<Stored>>& by = trip.by;
  const Head<Stored>& head = *walk.head;
  const auto& tile = memory.tile;
  const std::size_t chunk = static_cast<std::size_t>(tile.first) / chunk_tokens;
  std::copy_n(by.checkpoints + chunk * memory.layout.state, memory.layout.state, walk.state.now);
  weigh_tokens(head, tile.first, tile);
  sum_weights<Growth::chunked>(walk, tile);
  with_growth_of<Growth::chunked>(head, [&](auto growth) {
    if constexpr (std::is_same_v<Stored, RealOf<Stored>>) {
      if (goes_straight(head, memory.layout))
        return memory.layout.M == 1 ? return_rows<1, growth>(call, memory, trip, next)
                                    : return_rows<2, growth>(call, memory, trip, next);
    }
    return_staged<growth>(call, memory, trip);
  });
  const auto by_rate = weights_back(walk, tile, memory.back, by.state);
  scores_back(head, tile, memory.back, by_rate, call.score, by.parameters.local + 2 * memory.layout.plane);
  by.parameters.sums.add(by.parameters.local);
  by.state.advance(!head.is_recursive());
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
