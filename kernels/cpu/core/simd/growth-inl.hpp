// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_GROWTH_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_GROWTH_INL
#undef SCA_KERNELS_SIMD_GROWTH_INL
#else
#define SCA_KERNELS_SIMD_GROWTH_INL
#endif

#include "kernels/cpu/core/simd/pairs-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// How a head's state grows: from 0 in each chunk, chunks added pairwise; as discount * state + term; or from
/// token to token with what each addition loses kept apart.
enum class Growth { chunked, recursive, compensated };

/// sum += term; what the addition lost goes to `lost`, nothing where it was infinite.
template <class D, class V>
HWY_INLINE void add_exactly(D, V term, V& sum, V& lost) {
  const V next = hn::Add(sum, term);
  const V part = hn::Sub(next, sum);
  const V error = hn::Add(hn::Sub(sum, hn::Sub(next, part)), hn::Sub(term, part));
  lost = hn::Add(lost, hn::IfThenZeroElse(hn::IsNaN(error), error));
  sum = next;
}

/// What is left of `lost` when as much of it as fits has gone into the sum.
template <class D, class V>
HWY_INLINE V joined(D d, V lost, V& sum) {
  V rest = hn::Zero(d);
  add_exactly(d, lost, sum, rest);
  return rest;
}

/// Step 4 for one token and sample: what goes into the state, and the sum that step 5 reads.
///
/// carry   the state before the chunk
/// turn    cosine and sine
template <Growth growth, class D, class V>
HWY_INLINE Pair<V> grow(D d, V discount, const Pair<V>& carry, V value, const Pair<V>& turn, Pair<V>& state,
                        Pair<V>& lost) {
  if constexpr (growth == Growth::recursive) {
    state = {hn::MulAdd(discount, state.re, hn::Mul(value, turn.re)),
             hn::MulAdd(discount, state.im, hn::Mul(value, turn.im))};
    return state;
  } else if constexpr (growth == Growth::compensated) {
    add_exactly(d, hn::Mul(value, turn.re), state.re, lost.re);
    add_exactly(d, hn::Mul(value, turn.im), state.im, lost.im);
    return {hn::Add(state.re, lost.re), hn::Add(state.im, lost.im)};
  } else {
    state = {hn::MulAdd(value, turn.re, state.re), hn::MulAdd(value, turn.im, state.im)};
    return {hn::Add(carry.re, state.re), hn::Add(carry.im, state.im)};
  }
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
