#pragma once

#include <cstddef>

#include "kernels/cpu/core/simd/elementary.hpp"

namespace sca::evidence::kernels {

/// The largest error that a function was seen to make, in the units of sca_arithmetic: |error| / u for sin
/// and cos, |error| / (u |f| + underflow) for exp and log1p. Infinite where a NaN stands for a number.
struct WorstError {
  double units = 0;
  double argument = 0;
};
struct ElementaryErrors {
  WorstError trig;         // |x| <= 3
  WorstError trig_of_any;  // all finite x, for doubles |x| <= 2^21
  WorstError exp;          // wherever neither 0 nor infinity is due, and around
  WorstError log1p;        // x >= 0
};

/// Over every `stride`-th float: 1 for all of them, some minutes on two cores.
///
/// error    the arguments are compared with the C library's double functions, whose own error (less than an
/// ulp, hence
///          2^-28 units) can hide nothing but what comes as close to the largest; those that come close are
///          compared with MPFR, which rounds correctly
ElementaryErrors measure(const sca::kernels::simd::ElementaryFunctions<float>& functions, std::size_t stride);

/// At `samples` arguments each, against MPFR: half of them equally likely, half with equally likely
/// exponents. What holds for every double is derived where the kernels declare it.
ElementaryErrors measure(const sca::kernels::simd::ElementaryFunctions<double>& functions,
                         std::size_t samples);

}  // namespace sca::evidence::kernels
