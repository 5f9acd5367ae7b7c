#pragma once

#include "evidence/kernels/problem.hpp"
#include "reference/bounded.hpp"

namespace sca::evidence::kernels {

using reference::Bounded;

/// What a kernel's results may be: exact values, and how far an evaluation in `arithmetic` may end from them.
struct ExpectedForward {
  reference::Tensor<Bounded> output, weight, re, im;  // the last three after every token: [B, L, ...]
  std::size_t kinks;                                  // comparisons that rounding may turn
};
struct ExpectedBackward {
  reference::Tensor<Bounded> key, score, query, theta, omega, rate, score_scale, score_bias, phase_scale;
  std::size_t kinks;
};

/// The reference's steps 2 to 5, at the thread's digits.
///
/// error    bounds of the results before they are rounded to the kernel's storage
ExpectedForward expected_forward(const Problem& problem, const reference::FloatingPoint& arithmetic);
/// The same differentiated in reverse, the sums of the sweep included in the bounds.
ExpectedBackward expected_backward(const Problem& problem, const reference::FloatingPoint& arithmetic);

/// The arithmetic that a kernel declares for an operation on a problem's shape, or where it declares nothing
/// that of its reals with OpenCL's limits and sums of any order.
reference::FloatingPoint arithmetic_of(const sca_core_kernel& kernel, sca_operation operation,
                                       const Problem& problem);

}  // namespace sca::evidence::kernels
