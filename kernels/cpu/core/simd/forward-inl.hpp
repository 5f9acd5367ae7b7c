// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_FORWARD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_FORWARD_INL
#undef SCA_KERNELS_SIMD_FORWARD_INL
#else
#define SCA_KERNELS_SIMD_FORWARD_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hwy/cache_control.h"
#include "kernels/cpu/core/simd/read-inl.hpp"
#include "kernels/cpu/core/simd/sharing.hpp"
#include "kernels/cpu/core/simd/total_weight-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// Steps 3 to 5 of a chunk from its staged rows.
template <Growth growth, class Stored>
HWY_FLATTEN HWY_NOINLINE void absorb_and_read(const ForwardMemory<Stored>& memory, const Walk<Stored>& walk,
                                              const Rows<RealOf<Stored>>& outputs) {
  const Tile<RealOf<Stored>>& tile = memory.tile;
  stage_keys_and_queries(*walk.head, tile);
  for (std::size_t h = 0; h < tile.layout.padded; h += tile.layout.lanes) {
    for_all_samples(tile.layout.M, [&](auto N, std::size_t m) {
      using Queries = StagedQueries<N, RealOf<Stored>>;
      const Read<N, false, Stored, Queries> read(memory, walk, outputs, Queries(tile, m, h), m, h);
      absorb<N, growth>(walk, tile, StagedKeys(tile, h), m, h, read);
    });
  }
}

/// The same from the caller's rows, once for all N = M samples.
template <std::size_t N, Growth growth, class Real>
HWY_FLATTEN HWY_NOINLINE void absorb_and_read_rows(const ForwardMemory<Real>& memory, const Walk<Real>& walk,
                                                   const Next<Real>& next, const Rows<Real>& outputs) {
  const Tile<Real>& tile = memory.tile;
  using Queries = DirectQueries<N, Real>;
  for (std::size_t h = 0; h < tile.layout.padded; h += tile.layout.lanes) {
    const Queries queries(*walk.head, tile, next, h);
    const Read<N, true, Real, Queries> read(memory, walk, outputs, queries, 0, h);
    absorb<N, growth>(walk, tile, DirectKeys(*walk.head, tile, next, h), 0, h, read);
  }
}

/// Steps 3 to 5 of a chunk whose weights are known.
template <Growth otherwise, class Stored>
void pass_chunk(const ForwardMemory<Stored>& memory, const Walk<Stored>& walk, const Next<Stored>& next,
                const sca_tokens& output) {
  const auto outputs = destination(memory, *walk.head, output);
  with_growth_of<otherwise>(*walk.head, [&](auto growth) {
    if constexpr (std::is_same_v<Stored, RealOf<Stored>>) {
      if (!walk.head->is_wide && are_direct<Stored>(memory.layout)) {
        return memory.layout.M == 1 ? absorb_and_read_rows<1, growth>(memory, walk, next, outputs)
                                    : absorb_and_read_rows<2, growth>(memory, walk, next, outputs);
      }
    }
    absorb_and_read<growth>(memory, walk, outputs);
  });
  if (!are_whole<Stored>(memory.layout)) store_outputs(memory, *walk.head, output);
}

/// One head's chunk.
template <Growth growth, class Stored>
void forward_chunk(const sca_core_forward& call, const ForwardMemory<Stored>& memory, Walk<Stored>& walk,
                   const Next<Stored>& next) {
  const Head<Stored>& head = *walk.head;
  const Tile<RealOf<Stored>>& tile = memory.tile;
  weigh_tokens(head, (call.state == nullptr ? 0 : call.state->position) + tile.first, tile);
  sum_weights<growth>(walk, tile);
  pass_chunk<growth>(memory, walk, next, call.output);
  walk.state.advance(growth == Growth::chunked && !head.is_recursive());
}

/// Puts the caller's state, if there is one, where the walk starts.
template <class Stored>
void begin(const ForwardMemory<Stored>& memory, const sca_core_state* state, Walk<Stored>& walk) {
  using Real = RealOf<Stored>;
  const Layout& layout = memory.layout;
  walk.state.start_from_nothing();
  if (state == nullptr) return;
  const Head<Stored>& head = *walk.head;
  const std::int64_t i = head.b * head.in.shape.K + head.k;
  const Real* re = static_cast<const Real*>(state->re) + i * head.width;
  const Real* im = static_cast<const Real*>(state->im) + i * head.width;
  spread(layout, re, layout.M, memory.tile.row, walk.state.base);
  spread(layout, im, layout.M, memory.tile.row, walk.state.base + layout.plane);
  walk.state.base[2 * layout.plane] = static_cast<const Real*>(state->weight)[i];
  walk.state.start();
}

/// Gives the caller the state where the walk has come to.
template <class Stored>
void finish(const ForwardMemory<Stored>& memory, const sca_core_state* state, const Walk<Stored>& walk) {
  using Real = RealOf<Stored>;
  if (state == nullptr) return;
  const Layout& layout = memory.layout;
  const Head<Stored>& head = *walk.head;
  const std::int64_t i = head.b * head.in.shape.K + head.k;
  Real* re = static_cast<Real*>(state->re) + i * head.width;
  Real* im = static_cast<Real*>(state->im) + i * head.width;
  gather(layout, walk.state.now, layout.M, memory.tile.row, re);
  gather(layout, walk.state.now + layout.plane, layout.M, memory.tile.row, im);
  static_cast<Real*>(state->weight)[i] = walk.state.now[2 * layout.plane];
}

/// Heads [first, last) of one sequence, chunk by chunk: a chunk's rows are read by all of them before the
/// next one's.
template <Growth growth, class Stored>
void forward_heads(const sca_core_forward& call, ForwardMemory<Stored>& memory, std::int64_t b,
                   std::int64_t first, std::int64_t last) {
  const std::span walks(memory.walks, static_cast<std::size_t>(last - first));
  for (Walk<Stored>& walk : walks) {
    walk.enter(memory.layout, call.in, b, first++, memory.tile.row);
    begin(memory, call.state, walk);
  }
  Tile<RealOf<Stored>>& tile = memory.tile;
  for (tile.first = 0; tile.first < call.in.shape.L; tile.first += chunk_tokens) {
    tile.count = std::min(chunk_tokens, static_cast<std::size_t>(call.in.shape.L - tile.first));
    for (std::size_t i = 0; i < walks.size(); ++i) {
      const bool is_last = i + 1 == walks.size();
      const Next<Stored> next{walks[is_last ? 0 : i + 1].head,
                              is_last ? tile.first + static_cast<std::int64_t>(tile.count) : tile.first};
      forward_chunk<growth>(call, memory, walks[i], next);
    }
  }
  for (const Walk<Stored>& walk : walks) finish(memory, call.state, walk);
}

/// Bytes of a thread that has `heads` of them at a time.
template <Growth growth, class Stored>
std::size_t forward_bytes(const sca_core_shape& shape, std::int64_t heads) {
  Arena arena(nullptr);
  ForwardMemory<Stored>(arena, shape, heads, growth == Growth::compensated);
  return arena.used();
}

template <Growth growth, class Stored>
void forward_share(const void* context, const Share& share) {
  const auto& call = *static_cast<const sca_core_forward*>(context);
  const sca_core_shape& shape = call.in.shape;
  Arena arena(share.memory(call.workspace, forward_bytes<growth, Stored>(shape, share.heads)));
  ForwardMemory<Stored> memory(arena, shape, share.heads, growth == Growth::compensated);
  share.for_each_sequence(shape.K, [&](std::int64_t b, std::int64_t first, std::int64_t last) {
    forward_heads<growth>(call, memory, b, first, last);
  });
  hwy::FlushStream();
}

template <Growth growth, class Stored>
std::size_t forward_workspace(const sca_core_shape& shape, std::int32_t wanted) {
  const Sharing sharing(shape, 1, wanted);
  return static_cast<std::size_t>(sharing.threads) * forward_bytes<growth, Stored>(shape, sharing.heads);
}

/// growth   of heads without a discount: chunked or compensated
template <Growth growth, class Stored>
int forward(const sca_core_forward* call) {
  if (!are_known(call->in.rules)) return 1;
  run(Sharing(call->in.shape, 1, call->threads), forward_share<growth, Stored>, call);
  if (call->state != nullptr) call->state->position += call->in.shape.L;
  return 0;
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
