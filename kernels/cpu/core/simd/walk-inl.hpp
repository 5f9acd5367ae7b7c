// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_WALK_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_WALK_INL
#undef SCA_KERNELS_SIMD_WALK_INL
#else
#define SCA_KERNELS_SIMD_WALK_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "kernels/cpu/core/simd/head-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// What is carried from chunk to chunk: rows of `width` reals.
template <class Real>
struct Carry {
  Carry(Arena& arena, std::size_t row_width, std::size_t levels)
      : width(row_width),
        base(arena.take<Real>(width)),
        now(arena.take<Real>(width)),
        local(arena.take<Real>(width)),
        sums(arena, levels, width) {}

  void start() {
    sums.clear();
    std::copy_n(base, width, now);
  }
  void start_from_nothing() {
    std::fill_n(base, width, Real(0));
    std::fill_n(local, width, Real(0));  // what is behind Z stays so
    start();
  }
  /// Goes on behind the chunk whose total is `local`, or at whose end it is what is carried.
  void advance(bool is_total) {
    if (is_total) {
      sums.add(local);
      sums.total(base, now);
    } else {
      std::copy_n(local, width, now);
    }
  }

  std::size_t width;
  Real* base;   // what the sum starts from
  Real* now;    // before the chunk at hand
  Real* local;  // the chunk's own
  PairwiseSum<Real> sums;
};

/// A head on its way through a sequence.
template <class Stored>
struct Walk {
  using Real = RealOf<Stored>;

  /// A compensated state is followed by what its additions lost.
  Walk(Arena& arena, const Layout& layout, std::int64_t L, bool is_compensated = false)
      : theta(arena.take<Real>(layout.plane)),
        omega(arena.take<Real>(layout.plane)),
        state(arena, is_compensated ? 2 * layout.state : layout.state, level_count(L)),
        head(arena.take<Head<Stored>>(1)) {}

  /// scratch [M, padded]
  void enter(const Layout& layout, const sca_core_inputs& in, std::int64_t b, std::int64_t k, Real* scratch) {
    std::construct_at(head, layout, in, b, k, theta, omega, scratch);
  }

  Real *theta, *omega;  // [M, padded]
  Carry<Real> state;
  Head<Stored>* head;
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
