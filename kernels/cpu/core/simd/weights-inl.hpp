// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_WEIGHTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_WEIGHTS_INL
#undef SCA_KERNELS_SIMD_WEIGHTS_INL
#else
#define SCA_KERNELS_SIMD_WEIGHTS_INL
#endif

#include <algorithm>
#include <cstddef>

#include "kernels/cpu/core/simd/arena.hpp"
#include "kernels/cpu/core/simd/chunks.hpp"
#include "kernels/cpu/core/simd/elementary-inl.hpp"
#include "kernels/plugin.h"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// Weights of several tokens of one head, or of several heads at one token, and what their derivatives need.
template <class Real>
struct Weights {
  Weights(Arena& arena, std::size_t count)
      : argument(arena.take<Real>(count)),
        decay(arena.take<Real>(count)),
        unclipped(arena.take<Real>(count)),
        value(arena.take<Real>(count)) {}

  Real* argument;  // of softplus
  Real* decay;     // e^{-rate distance}; before that, rate distance
  Real* unclipped;
  Real* value;
};

/// Step 2 at i..i + lanes: argument and rate * distance are given.
template <class D, class V>
HWY_INLINE void weigh(D d, const sca_core_rules& rules, V argument, V exponent, std::size_t i,
                      const Weights<hn::TFromD<D>>& weights) {
  using Real = hn::TFromD<D>;
  const V low = hn::Set(d, static_cast<Real>(rules.weight_low));
  const V high = hn::Set(d, static_cast<Real>(rules.weight_high));
  const V gate = softplus(d, argument, static_cast<Real>(rules.softplus_switch));
  const V decay = exp(d, hn::Neg(exponent));
  const V unclipped = hn::Mul(gate, decay);
  // Written so that a NaN stays one.
  V value = hn::IfThenElse(hn::Lt(unclipped, low), low, unclipped);
  value = hn::IfThenElse(hn::Gt(value, high), high, value);
  hn::Store(argument, d, weights.argument + i);
  hn::Store(decay, d, weights.decay + i);
  hn::Store(unclipped, d, weights.unclipped + i);
  hn::Store(value, d, weights.value + i);
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
