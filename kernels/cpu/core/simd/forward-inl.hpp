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
#include <memory>
#include <span>

#include "hwy/cache_control.h"
#include "kernels/cpu/core/simd/absorb-inl.hpp"
#include "kernels/cpu/core/simd/sharing.hpp"
#include "kernels/cpu/core/simd/walk-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// One thread's memory.
template <class Stored>
struct ForwardMemory {
  using Real = RealOf<Stored>;

  ForwardMemory(Arena& arena, const sca_core_shape& shape, std::int64_t heads, bool is_compensated = false)
      : layout(shape, hn::Lanes(hn::ScalableTag<Real>())),
        tile(arena, layout),
        output(arena.take<Real>(chunk_tokens * 2 * layout.padded)),
        walks(arena.take<Walk<Stored>>(static_cast<std::size_t>(heads))) {
    for (std::int64_t i = 0; i < heads; ++i) {
      const Walk<Stored> walk(arena, layout, shape.L, is_compensated);
      if (walks != nullptr) std::construct_at(walks + i, walk);
    }
  }

  Layout layout;
  Tile<Real> tile;
  Real* output;         // [tokens, 2, padded]
  Walk<Stored>* walks;  // of the heads that go through a sequence together
};

/// What was put into the memory's `output`.
template <class Stored>
HWY_NOINLINE void store_outputs(const ForwardMemory<Stored>& memory, const Head<Stored>& head,
                                const sca_tokens& output) {
  const Layout& layout = memory.layout;
  for (std::size_t t = 0; t < memory.tile.count; ++t) {
    Stored* to = row<Stored>(output, head.b, memory.tile.first + static_cast<std::int64_t>(t)) +
                 head.k * 2 * head.in.shape.H;
    narrow(memory.output + 2 * t * layout.padded, layout.H, to);
    narrow(memory.output + (2 * t + 1) * layout.padded, layout.H, to + layout.H);
  }
}

/// Where a head's outputs go: straight to the caller where they are whole vectors of reals, else to the
/// memory's `output`. Past the caches where a vector is a line, but for a few tokens, which will be read
/// soon.
template <class Stored>
struct Destination {
  using Real = RealOf<Stored>;

  Destination(const ForwardMemory<Stored>& memory, const Head<Stored>& head, const sca_tokens& output)
      : first(memory.output), part(memory.layout.padded), stride(2 * static_cast<std::int64_t>(part)) {
    if constexpr (std::is_same_v<Stored, Real>) {
      if (memory.layout.H != memory.layout.padded) return;
      is_direct = true;
      first = row<Stored>(output, head.b, memory.tile.first) + head.k * 2 * head.in.shape.H;
      stride = output.token_stride;
      const bool is_aligned =
          reinterpret_cast<std::uintptr_t>(first) % 64 == 0 && stride * std::int64_t{sizeof(Real)} % 64 == 0;
      is_streamed =
          is_aligned && memory.layout.lanes * sizeof(Real) == 64 && memory.tile.count == chunk_tokens;
    }
  }

  template <class D, class V>
  HWY_INLINE void store(D d, V x, Real* to) const {
    is_streamed ? hn::Stream(x, d, to) : hn::StoreU(x, d, to);
  }

  Real* first;  // of the tile's first token
  std::size_t part;
  std::int64_t stride;
  bool is_direct = false;
  bool is_streamed = false;
};

/// Step 5 for one sample of a vector of channels: sums over samples in the memory's `output`, the last one
/// divides by sqrt(H) and stores.
template <class Stored>
struct Read {
  using Real = RealOf<Stored>;
  using D = hn::ScalableTag<Real>;
  using V = hn::VFromD<D>;

  Read(const ForwardMemory<Stored>& memory, const Root<Real>& of_H, const Destination<Stored>& to, V weight,
       std::size_t m, std::size_t h)
      : tile(memory.tile),
        root(of_H),
        destination(to),
        omega(weight),
        query(tile.query + 2 * m * tile.layout.padded + h),
        sum(memory.output + h),
        result(to.first + h),
        is_first(m == 0),
        is_last(m + 1 == tile.layout.M) {}

  HWY_INLINE void operator()(std::size_t t, const Pair<V>&, const Pair<V>& state, V, V) const {
    const D d;
    const std::size_t padded = tile.layout.padded;
    const V inverse = hn::Set(d, tile.inverse[t]);
    const V mean_re = hn::Mul(state.re, inverse);
    const V mean_im = hn::Mul(state.im, inverse);
    const Real* q = query + t * 2 * tile.layout.plane;
    const V q_re = hn::Load(d, q);
    const V q_im = hn::Load(d, q + padded);
    Real* to = sum + 2 * t * padded;
    V re = hn::Mul(omega, hn::MulAdd(mean_re, q_re, hn::Mul(mean_im, q_im)));
    V im = hn::Mul(omega, hn::NegMulAdd(mean_re, q_im, hn::Mul(mean_im, q_re)));
    if (!is_first) {
      re = hn::Add(re, hn::Load(d, to));
      im = hn::Add(im, hn::Load(d, to + padded));
    }
    if (is_last) {
      Real* last = result + static_cast<std::int64_t>(t) * destination.stride;
      destination.store(d, root.divide(d, re), last);
      destination.store(d, root.divide(d, im), last + destination.part);
    } else {
      hn::Store(re, d, to);
      hn::Store(im, d, to + padded);
    }
  }

  const Tile<Real>& tile;
  const Root<Real>& root;
  const Destination<Stored>& destination;
  V omega;
  const Real* query;
  Real *sum, *result;
  bool is_first, is_last;
};

template <bool is_wide, Growth growth, class Stored>
HWY_NOINLINE void absorb_and_read(const ForwardMemory<Stored>& memory, const Walk<Stored>& walk,
                                  const sca_tokens& output) {
  const hn::ScalableTag<RealOf<Stored>> d;
  const Layout& layout = memory.layout;
  const Root<RealOf<Stored>> root(walk.head->in);
  const Destination<Stored> destination(memory, *walk.head, output);
  for (std::size_t h = 0; h < layout.padded; h += layout.lanes) {
    for (std::size_t m = 0; m < layout.M; ++m) {
      const auto omega = hn::Load(d, walk.omega + m * layout.padded + h);
      absorb<is_wide, growth>(walk, memory.tile, m, h, Read<Stored>(memory, root, destination, omega, m, h));
    }
  }
  if (!destination.is_direct) store_outputs(memory, *walk.head, output);
}

/// One head's next chunk.
template <Growth growth, class Stored>
void forward_chunk(const sca_core_forward& call, const ForwardMemory<Stored>& memory, Walk<Stored>& walk) {
  const Head<Stored>& head = *walk.head;
  const Tile<RealOf<Stored>>& tile = memory.tile;
  weigh_tokens(head, (call.state == nullptr ? 0 : call.state->position) + tile.first, tile);
  sum_weights<growth>(walk, tile);
  stage_keys_and_queries(head, tile);
  with_kind_of<growth>(
      head, [&](auto is_wide, auto kind) { absorb_and_read<is_wide, kind>(memory, walk, call.output); });
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
    for (Walk<Stored>& walk : walks) forward_chunk<growth>(call, memory, walk);
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
  run(Sharing(call->in.shape, 1, call->threads), forward_share<growth, Stored>, call);
  if (call->state != nullptr) call->state->position += call->in.shape.L;
  return 0;
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
