#pragma once

#include "evidence/kernels/elementary_runs.hpp"

namespace sca::evidence::cuda {

/// How far a float is from what it should be; infinite where a NaN or an infinity stands for a number, or a
/// number for them. A zero's sign is not looked at.
struct FloatError {
  double ulps = 0;   // |got - exact|, in units in the last place of the exact result
  double steps = 0;  // floats from the correctly rounded result
  double units = 0;  // of sca_arithmetic
};

/// The unit is 2^-23 of the power of two below the exact result, and 2^-149 at least.
///
/// error    ulps: 2^-75, by MPFR's 30 digits, and then rounded up. steps: where these digits do not decide
/// how
///          to round, the larger number
FloatError float_error(float got, const kernels::Exact& exact, bool is_absolute);

}  // namespace sca::evidence::cuda
