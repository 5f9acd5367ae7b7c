// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_SIMD_KERNEL_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_SIMD_KERNEL_INL
#undef SCA_KERNELS_SIMD_KERNEL_INL
#else
#define SCA_KERNELS_SIMD_KERNEL_INL
#endif

#include "kernels/cpu/core/simd/backward-inl.hpp"
#include "kernels/cpu/core/simd/step-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::simd::HWY_NAMESPACE {

inline std::int64_t width_in_bits(std::int64_t n) {
  return static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(n)));
}

/// Additions that a gradient's term passes through: over the samples and channels of a head, from a later
/// token back to its own, over the tokens of a chunk, over chunks, over sequences.
template <class Real>
std::int64_t backward_depth(const sca_core_shape& shape) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(hn::ScalableTag<Real>()));
  const std::int64_t over_channels = (shape.H + lanes - 1) / lanes + width_in_bits(lanes);
  const std::int64_t in_chunk = std::min(shape.L, static_cast<std::int64_t>(chunk_tokens));
  const auto over_chunks = static_cast<std::int64_t>(2 * level_count(shape.L));
  const std::int64_t over_sequences = 2 * width_in_bits(shape.B);
  return std::max(2 * shape.M + over_channels + prefix_depth(shape.L) + 1 + 2 * in_chunk + over_channels +
                      over_chunks + over_sequences,
                  2 * shape.K / shape.Kq);
}

template <class Real, Growth growth>
std::int64_t depth(sca_operation operation, const sca_core_shape* shape) {
  if (operation == SCA_BACKWARD) return backward_depth<Real>(*shape);
  if (operation == SCA_STEP) return std::max(shape->L, shape->M);
  const std::int64_t prefix =
      growth == Growth::compensated ? compensated_depth<Real>(shape->L) : prefix_depth(shape->L);
  return std::max(prefix, shape->M);
}

/// What the elementary functions promise; for a phase of 3, its own four roundings may be worth 12 u of sin
/// and cos. float: what was found over every float (evidence/kernels/elementary.hpp), rounded up: sin and
/// cos 4.923 (without FMA 6.816), exp 1.522, log1p 2.037.
inline constexpr double float_trig_error = HWY_NATIVE_FMA ? 5.0 : 7.0;
inline constexpr double float_exp_error = 1.6;
inline constexpr double float_log_error = 2.1;

/// double: derived, with u = 2^-53.
///   sin x = x S(z), cos x = C(z), z = x^2 rounded: |x sin x|/2 <= 0.91 u in cos, |x cos x - sin x|/2 <= 1.56
///   u in sin. Horner's rule rounds q_k = c_k + z q_{k+1} by u 2^floor(log2 |q_k|), which comes out times z^k
///   (without FMA z q_{k+1} as well); with what z costs, the sum over k is largest near 3: 4.8 u (7.4 u) for
///   sin, its last product included, 5.4 u (8.9 u) for cos. The polynomials: 0.02 u. Reduced arguments cost
///   less than 1.6 u in all. e^r = 1 + (r + r^2 E), relative: 1 u for the addition, at most 0.45 u for the
///   rest, 0.13 u for the polynomial: 1.6; where the result is subnormal, half the smallest subnormal once
///   more. log1p: the worst is a sum just above sqrt(2), split into ln 2 and a logarithm of almost half that
///   size: 0.25 u each for that logarithm, for the last addition and, times 1.42, for its argument, 0.11 u
///   for small parts, together 0.97 u of a result of 0.346: 2.8.
inline constexpr double double_trig_error = HWY_NATIVE_FMA ? 5.4 : 9.0;
inline constexpr double double_exp_error = 1.6;
inline constexpr double double_log_error = 2.8;

template <class Real, Growth growth>
inline constexpr sca_arithmetic arithmetic{
    0x1p-53,   double_trig_error,      double_exp_error,   double_log_error,
    0x1p-1074, 0x1.fffffffffffffp1023, depth<Real, growth>};
template <Growth growth>
inline constexpr sca_arithmetic arithmetic<float, growth>{
    0x1p-24,  float_trig_error, float_exp_error,     float_log_error,
    0x1p-150, 0x1.fffffep127,   depth<float, growth>};

template <Growth growth, class Stored>
std::size_t workspace_bytes(sca_operation operation, const sca_core_shape* shape, std::int32_t threads) {
  switch (operation) {
    case SCA_BACKWARD: return backward_workspace<Stored>(*shape, threads);
    case SCA_STEP: return step_workspace<Stored>(*shape);
    default: return forward_workspace<growth, Stored>(*shape, threads);
  }
}

/// growth   of sums over tokens in the forward pass: chunked or compensated
template <class Stored, Growth growth = Growth::chunked>
constexpr sca_core_kernel kernel(const char* name) {
  return {name,
          dtype_of<Stored>,
          &arithmetic<RealOf<Stored>, growth>,
          workspace_bytes<growth, Stored>,
          forward<growth, Stored>,
          step<Stored>,
          backward<Stored>};
}

}  // namespace sca::kernels::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
