// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_ADAMW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_ADAMW_INL
#undef SCA_KERNELS_FAST_ADAMW_INL
#else
#define SCA_KERNELS_FAST_ADAMW_INL
#endif

#include <cmath>

#include "kernels/operators/fast/parts.hpp"
#include "kernels/operators/fast/vectors-inl.hpp"
#include "kernels/operators/operators.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// What a step multiplies by, in every lane.
struct AdamWFactors {
  explicit AdamWFactors(const AdamW<float>& call)
      : scale(every(call.scale)),
        beta1(every(call.beta1)),
        beta2(every(call.beta2)),
        rise1(every(1 - call.beta1)),
        rise2(every(1 - call.beta2)),
        keep(every(1 - call.rate * call.decay)),
        rate(every(call.rate / (1 - std::pow(call.beta1, static_cast<double>(call.step))))),
        root(every(std::sqrt(1 - std::pow(call.beta2, static_cast<double>(call.step))))),
        epsilon(every(call.epsilon)) {}

  static FloatVector every(double x) { return hn::Set(Floats(), static_cast<float>(x)); }

  FloatVector scale, beta1, beta2, rise1, rise2, keep, rate, root, epsilon;
};

inline void adamw_piece(const AdamW<float>& call, const Piece& piece) {
  const AdamWFactors by(call);
  for_vectors(piece.first, piece.last, [&](auto lanes, std::int64_t i) HWY_ATTR {
    const auto gradient = hn::Mul(by.scale, load(lanes, call.gradient + i));
    const auto m = hn::MulAdd(by.beta1, load(lanes, call.m + i), hn::Mul(by.rise1, gradient));
    const auto v =
        hn::MulAdd(by.beta2, load(lanes, call.v + i), hn::Mul(hn::Mul(by.rise2, gradient), gradient));
    const auto step = hn::Div(m, hn::Add(hn::Div(hn::Sqrt(v), by.root), by.epsilon));
    const auto p = hn::NegMulAdd(by.rate, step, hn::Mul(by.keep, load(lanes, call.p + i)));
    store(lanes, m, call.m + i);
    store(lanes, v, call.v + i);
    store(lanes, p, call.p + i);
  });
}

inline void adamw(const AdamW<float>& call) {
  constexpr std::int64_t size = 1 << 14;
  for_each_part({Piece::pieces(size, call.count), call.count, call.threads},
                [&](std::int64_t part) { adamw_piece(call, Piece(part, size, call.count)); });
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
