#pragma once

#include <concepts>

#include "kernels/operators/serial/accumulate.hpp"
#include "kernels/operators/serial/adamw.hpp"
#include "kernels/operators/serial/attention.hpp"
#include "kernels/operators/serial/cross_entropy.hpp"
#include "kernels/operators/serial/embedding.hpp"
#include "kernels/operators/serial/gated_norm.hpp"
#include "kernels/operators/serial/grid.hpp"
#include "kernels/operators/serial/linear.hpp"
#include "kernels/operators/serial/mix.hpp"
#include "kernels/operators/serial/norm.hpp"
#include "kernels/operators/serial/position.hpp"
#include "kernels/operators/serial/readout.hpp"
#include "kernels/operators/serial/squared_norm.hpp"
#include "kernels/operators/serial/swiglu.hpp"

namespace sca::kernels::serial {

// glibc's exp, log and log1p are within an ulp: at most 2 u |f|.
inline constexpr sca_arithmetic operators_in_f64{0x1p-53, 1, 2, 2, 0x1p-1074, 0x1.fffffffffffffp1023,
                                                 nullptr};
inline constexpr sca_arithmetic operators_in_f32{0x1p-24, 1, 2, 2, 0x1p-150, 0x1.fffffep127, nullptr};

template <class Real>
constexpr Operators<Real> operators(const char* name) {
  return {.name = name,
          .arithmetic = std::same_as<Real, double> ? &operators_in_f64 : &operators_in_f32,
          .linear = linear<Real>,
          .linear_by_input = linear_by_input<Real>,
          .linear_by_parameters = linear_by_parameters<Real>,
          .grid = grid<Real>,
          .grid_backward = grid_backward<Real>,
          .mix = mix<Real>,
          .mix_backward = mix_backward<Real>,
          .gated_norm = gated_norm<Real>,
          .gated_norm_backward = gated_norm_backward<Real>,
          .readout = readout<Real>,
          .readout_backward = readout_backward<Real>,
          .norm = norm<Real>,
          .norm_backward = norm_backward<Real>,
          .position = position<Real>,
          .position_backward = position_backward<Real>,
          .attention = attention<Real>,
          .attention_backward = attention_backward<Real>,
          .swiglu = swiglu<Real>,
          .swiglu_backward = swiglu_backward<Real>,
          .embedding = embedding<Real>,
          .embedding_backward = embedding_backward<Real>,
          .cross_entropy = cross_entropy<Real>,
          .adamw = adamw<Real>,
          .accumulate = accumulate<Real>,
          .squared_norm = squared_norm<Real>,
          .linear_bf16 = linear<Real, BFloat16>,
          .readout_bf16 = readout<Real, BFloat16>,
          .embedding_bf16 = embedding<Real, BFloat16>};
}

}  // namespace sca::kernels::serial
