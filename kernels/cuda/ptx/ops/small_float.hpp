#pragma once

#include "kernels/cuda/ptx/load/instruction.hpp"

namespace sca::kernels::cuda::ptx {

// f16 and bf16, whose values are doubles here: every one of both is a double.

/// type: f16 or bf16
double widened(U16 bits, Type type);
/// Correctly rounded. NaN becomes 0x7fff; what is too large becomes infinite, or the largest number if that
/// is where the mode rounds to.
U16 narrowed(double value, Type type, Rounding rounding);

/// x + y, rounded to odd: rounding that once more, to so many bits less, is rounding x + y.
double sum_to_odd(double x, double y);

/// The type of each half of f16x2 and bf16x2; others are their own.
Type element_of(Type type);

}  // namespace sca::kernels::cuda::ptx
