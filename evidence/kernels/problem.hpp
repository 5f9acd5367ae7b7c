#pragma once

#include "evidence/cases/core_case.hpp"
#include "evidence/kernels/number_format.hpp"

namespace sca::evidence::kernels {

/// A case as a kernel of one storage format gets it: every number below is one of its format, and exact for
/// the reference.
///
/// shape    key [B, L, K, H], score [B, L, K], query [B, L, Kq, H, M, 2], output_gradient [B, L, K, 2, H];
///          theta, omega [K, H, M]; the other parameters [K]
struct Problem {
  CoreCase origin;
  sca_dtype dtype;
  reference::Dialect dialect;
  sca_core_shape shape;
  sca_core_rules rules;
  reference::Tensor<double> key, score, query, output_gradient;
  reference::Tensor<double> theta, omega, rate, score_scale, score_bias, phase_scale;
};

/// Token t depends on (seed, t) alone; distances count towards the case's maximum length, or its own if it
/// has none. errors   InputError for an unknown regime or dialect
Problem make_problem(const CoreCase& one, sca_dtype dtype);

}  // namespace sca::evidence::kernels
