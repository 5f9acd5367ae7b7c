// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_READ_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_READ_INL
#undef SCA_KERNELS_SIMD_READ_INL
#else
#define SCA_KERNELS_SIMD_READ_INL
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "kernels/cpu/core/simd/absorb-inl.hpp"
#include "kernels/cpu/core/simd/destination-inl.hpp"

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

/// Where a head's outputs go: straight to the caller, or to the memory's `output`.
template <class Stored, class Real = RealOf<Stored>>
Rows<Real> destination(const ForwardMemory<Stored>& memory, const Head<Stored>& head,
                       const sca_tokens& output) {
  if constexpr (std::is_same_v<Stored, Real>) {
    if (are_whole<Stored>(memory.layout))
      return {row<Real>(output, head.b, memory.tile.first) + head.k * 2 * head.in.shape.H,
              output.token_stride, memory.tile};
  }
  return {memory.output, 2 * static_cast<std::int64_t>(memory.layout.padded)};
}

/// Step 5 for N samples of a vector of channels, before it is divided by sqrt(H).
template <std::size_t N, class D, class V>
HWY_INLINE Pair<V> read_samples(D, const Pairs<V, N>& state, V inverse, const Pairs<V, N>& query,
                                const std::array<V, N>& omega) {
  Pair<V> sum;
  for_each_sample<N>([&](auto i) {
    const Pair<V> mean{hn::Mul(state[i].re, inverse), hn::Mul(state[i].im, inverse)};
    const Pair<V>& q = query[i];
    const V re = hn::MulAdd(mean.re, q.re, hn::Mul(mean.im, q.im));
    const V im = hn::NegMulAdd(mean.re, q.im, hn::Mul(mean.im, q.re));
    if constexpr (i == 0)
      sum = {hn::Mul(omega[i], re), hn::Mul(omega[i], im)};
    else
      sum = {hn::MulAdd(omega[i], re, sum.re), hn::MulAdd(omega[i], im, sum.im)};
  });
  return sum;
}

/// The same for a chunk's tokens and N samples from m on: sums over samples in the memory's `output`, the
/// last ones divide by sqrt(H) and store.
///
/// is_whole   the N samples are all
/// Queries    (d, t): token t's Pairs
template <std::size_t N, bool is_whole, class Stored, class Queries>
struct Read {
  using Real = RealOf<Stored>;
  using D = hn::ScalableTag<Real>;
  using V = hn::VFromD<D>;

  Read(const ForwardMemory<Stored>& memory, const Walk<Stored>& walk, const Rows<Real>& to, const Queries& of,
       std::size_t m, std::size_t h)
      : inverse(memory.tile.inverse),
        padded(memory.layout.padded),
        root(walk.head->in),
        omega(load_samples<N>(D(), memory.layout, walk.omega, m * memory.layout.padded + h)),
        queries(of),
        outputs(to),
        sum(memory.output + h),
        channel(h),
        is_first(m == 0),
        is_last(m + N == memory.layout.M) {}

  HWY_INLINE void operator()(std::size_t t, const Absorbed<V, N>& token) const {
    const D d;
    auto [re, im] = read_samples<N>(d, token.state, hn::Set(d, inverse[t]), queries(d, t), omega);
    Real* to = sum + 2 * t * padded;
    if (!is_whole && !is_first) {
      re = hn::Add(re, hn::Load(d, to));
      im = hn::Add(im, hn::Load(d, to + padded));
    }
    if (is_whole || is_last) {
      Real* last = outputs.at(t) + channel;
      outputs.store(d, root.divide(d, re), last);
      outputs.store(d, root.divide(d, im), last + padded);
    } else {
      hn::Store(re, d, to);
      hn::Store(im, d, to + padded);
    }
  }

  const Real* inverse;
  std::size_t padded;
  Root<Real> root;
  std::array<V, N> omega;
  Queries queries;
  Rows<Real> outputs;
  Real* sum;
  std::size_t channel;
  bool is_first, is_last;
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
