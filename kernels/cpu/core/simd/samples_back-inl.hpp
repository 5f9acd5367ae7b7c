// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_SAMPLES_BACK_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_SAMPLES_BACK_INL
#undef SCA_KERNELS_SIMD_SAMPLES_BACK_INL
#else
#define SCA_KERNELS_SIMD_SAMPLES_BACK_INL
#endif

#include <array>
#include <cstddef>

#include "kernels/cpu/core/simd/record-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

/// One token's derivatives for a vector of channels, summed over samples.
template <class V>
struct Sums {
  V value, u;
  V inverse;  // times the inverse
  V discount;
};

/// sum + a.re b.re + a.im b.im
template <class V>
HWY_INLINE V add_product(const Pair<V>& a, const Pair<V>& b, V sum) {
  return hn::MulAdd(a.re, b.re, hn::MulAdd(a.im, b.im, sum));
}

/// Step 5 backwards for one sample: the query's gradient, and the derivative by the mean state.
template <class V>
HWY_INLINE Pair<V> read_back(const Pair<V>& mean, const Pair<V>& q, const Pair<V>& g, V omega, V& by_omega,
                             Pair<V>& by_q) {
  const V read_re = hn::MulAdd(mean.re, q.re, hn::Mul(mean.im, q.im));
  const V read_im = hn::NegMulAdd(mean.re, q.im, hn::Mul(mean.im, q.re));
  by_omega = add_product(g, {read_re, read_im}, by_omega);
  by_q = {hn::Mul(omega, hn::MulAdd(g.re, mean.re, hn::Mul(g.im, mean.im))),
          hn::Mul(omega, hn::NegMulAdd(g.im, mean.re, hn::Mul(g.re, mean.im)))};
  return {hn::Mul(omega, hn::NegMulAdd(g.im, q.im, hn::Mul(g.re, q.re))),
          hn::Mul(omega, hn::MulAdd(g.re, q.im, hn::Mul(g.im, q.re)))};
}

/// Step 3 backwards for one sample.
template <class V>
HWY_INLINE void encode_back(const Pair<V>& by_state, const Pair<V>& turn, const EncodedKey<V>& key, V theta,
                            V& by_theta, Sums<V>& sums) {
  sums.value = add_product(by_state, turn, sums.value);
  const V turned = hn::NegMulAdd(by_state.re, turn.im, hn::Mul(by_state.im, turn.re));
  const V by_phase = hn::Mul(key.value, turned);
  by_theta = hn::MulAdd(by_phase, key.u, by_theta);
  sums.u = hn::MulAdd(by_phase, theta, sums.u);
}

/// Gradients by N samples' state and parameters of a vector of channels, on the way back through a chunk.
template <std::size_t N, Growth growth, class Stored>
class Samples {
 public:
  using Real = RealOf<Stored>;
  using D = hn::ScalableTag<Real>;
  using V = hn::VFromD<D>;

  Samples(const Walk<Stored>& walk, const Layout& of, const Gradients<Real>& by, std::size_t at)
      : layout_(of),
        at_(at),
        theta_(load_samples<N>(D(), of, walk.theta, at)),
        omega_(load_samples<N>(D(), of, walk.omega, at)),
        discount_(hn::Set(D(), walk.head->discount)),
        carry_(load_pairs<N>(D(), of, by.state.now, at)) {
    by_theta_.fill(hn::Zero(D()));
    by_omega_.fill(hn::Zero(D()));
    local_.fill({hn::Zero(D()), hn::Zero(D())});
    if constexpr (growth == Growth::recursive) local_ = carry_;
  }

  /// Adds what goes on to the key to `sums`; the queries' gradients.
  HWY_INLINE Pairs<V, N> go_back(const Recorded<V, N>& token, const Pairs<V, N>& q, const Pair<V>& g,
                                 V inverse, Sums<V>& sums) {
    Pairs<V, N> by_q;
    for_each_sample<N>([&](auto i) {
      const Pair<V> by_mean = read_back(token.mean[i], q[i], g, omega_[i], by_omega_[i], by_q[i]);
      sums.inverse = add_product(token.mean[i], by_mean, sums.inverse);
      Pair<V>& local = local_[i];
      local = {hn::MulAdd(by_mean.re, inverse, local.re), hn::MulAdd(by_mean.im, inverse, local.im)};
      if constexpr (growth == Growth::recursive) {
        encode_back(local, token.turn[i], token.key, theta_[i], by_theta_[i], sums);
        sums.discount = add_product(local, token.before[i], sums.discount);
        local = {hn::Mul(local.re, discount_), hn::Mul(local.im, discount_)};
      } else {
        const Pair<V> by_state{hn::Add(carry_[i].re, local.re), hn::Add(carry_[i].im, local.im)};
        encode_back(by_state, token.turn[i], token.key, theta_[i], by_theta_[i], sums);
      }
    });
    return by_q;
  }

  void store(const Gradients<Real>& by) const {
    store_pairs<N>(D(), layout_, local_, by.state.local, at_);
    for_each_sample<N>([&](auto i) {
      Real* to = by.parameters.local + at_ + i * layout_.padded;
      hn::Store(by_theta_[i], D(), to);
      hn::Store(by_omega_[i], D(), to + layout_.plane);
    });
  }

 private:
  Layout layout_;
  std::size_t at_;
  std::array<V, N> theta_, omega_;
  V discount_;
  Pairs<V, N> carry_, local_;
  std::array<V, N> by_theta_, by_omega_;
};

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
