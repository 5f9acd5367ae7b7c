#pragma once

#include <span>
#include <string_view>

namespace sca::kernels::simd {

/// The elementary functions that the kernels of one SIMD target compute with, on whole arrays: for measuring
/// them.
///
/// error    what the kernels declare (sca_arithmetic); established by evidence/kernels/elementary.hpp
template <class Real>
struct ElementaryFunctions {
  using Map = void (*)(std::span<const Real> x, std::span<Real> result);
  using SinCos = void (*)(std::span<const Real> x, std::span<Real> sine, std::span<Real> cosine);

  std::string_view target;  // as in the kernels' names
  SinCos sin_cos;           // |x| <= 3
  SinCos sin_cos_of_any;
  Map exp;
  Map log1p;  // x >= 0
};

/// Those of the targets that this machine has; float or double.
template <class Real>
std::span<const ElementaryFunctions<Real>> elementary_functions();

}  // namespace sca::kernels::simd
