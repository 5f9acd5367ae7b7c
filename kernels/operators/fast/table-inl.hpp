// Compiled once for each SIMD target: no include guard but Highway's.
#if defined(SCA_KERNELS_FAST_TABLE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef SCA_KERNELS_FAST_TABLE_INL
#undef SCA_KERNELS_FAST_TABLE_INL
#else
#define SCA_KERNELS_FAST_TABLE_INL
#endif

#include <algorithm>

#include "kernels/cpu/core/simd/kernel-inl.hpp"
#include "kernels/operators/fast/adamw-inl.hpp"
#include "kernels/operators/fast/attention-inl.hpp"
#include "kernels/operators/fast/attention_backward-inl.hpp"
#include "kernels/operators/fast/cross_entropy-inl.hpp"
#include "kernels/operators/fast/embedding-inl.hpp"
#include "kernels/operators/fast/gated_norm-inl.hpp"
#include "kernels/operators/fast/linear-inl.hpp"
#include "kernels/operators/fast/mix-inl.hpp"
#include "kernels/operators/fast/norm-inl.hpp"
#include "kernels/operators/fast/position-inl.hpp"
#include "kernels/operators/fast/readout-inl.hpp"
#include "kernels/operators/fast/squared_norm-inl.hpp"
#include "kernels/operators/fast/swiglu-inl.hpp"
#include "kernels/operators/operators.hpp"
#include "kernels/operators/serial/table.hpp"

HWY_BEFORE_NAMESPACE();
namespace sca::kernels::fast::HWY_NAMESPACE {

/// The grid's functions are glibc's, the others the core's: an error that either keeps to.
inline constexpr sca_arithmetic arithmetic{
    .unit_roundoff = serial::operators_in_f32.unit_roundoff,
    .trig_error = serial::operators_in_f32.trig_error,
    .exp_error = std::max(serial::operators_in_f32.exp_error, simd::HWY_NAMESPACE::float_exp_error),
    .log_error = std::max(serial::operators_in_f32.log_error, simd::HWY_NAMESPACE::float_log_error),
    .underflow = serial::operators_in_f32.underflow,
    .largest = serial::operators_in_f32.largest,
    .depth = nullptr};

/// The grid and what is accumulated are computed plainly: they are small, and needed once for many tokens.
constexpr Operators<float> operators(const char* name) {
  return {.name = name,
          .arithmetic = &arithmetic,
          .linear = linear<float>,
          .linear_by_input = linear_by_input,
          .linear_by_parameters = linear_by_parameters,
          .grid = serial::grid<float>,
          .grid_backward = serial::grid_backward<float>,
          .mix = mix,
          .mix_backward = mix_backward,
          .gated_norm = gated_norm,
          .gated_norm_backward = gated_norm_backward,
          .readout = readout<float>,
          .readout_backward = readout_backward,
          .norm = norm,
          .norm_backward = norm_backward,
          .position = position,
          .position_backward = position_backward,
          .attention = attention,
          .attention_backward = attention_backward,
          .swiglu = swiglu,
          .swiglu_backward = swiglu_backward,
          .embedding = embedding<float>,
          .embedding_backward = embedding_backward,
          .cross_entropy = cross_entropy,
          .adamw = adamw,
          .accumulate = serial::accumulate<float>,
          .squared_norm = squared_norm,
          .linear_bf16 = linear<BFloat16>,
          .readout_bf16 = readout<BFloat16>,
          .embedding_bf16 = embedding<BFloat16>};
}

}  // namespace sca::kernels::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
