#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/cpu/core/simd/elementary.hpp"
#include "kernels/plugin.h"

namespace sca::evidence::kernels {

/// The largest error that a function was seen to make, in the units of sca_arithmetic: |error| / u for sin
/// and cos, |error| / (u |f| + underflow) for exp and log1p. Infinite where a NaN stands for a number.
struct WorstError {
  double units = 0;
  double argument = 0;
};

/// A function as the kernels of one target make it, over the range that it is for.
struct ElementaryError {
  std::string_view function;  // "sin cos", "sin cos of any", "exp", "log1p"
  std::string_view target;
  double first = 0;  // of the range
  double last = 0;
  std::uint64_t arguments = 0;  // that were tried
  WorstError worst;
  double declared = 0;  // by the kernels of this precision and target

  double clearance() const { return worst.units / declared; }
};

/// Progress: pieces done, of how many.
using ElementaryProgress = std::function<void(std::size_t, std::size_t)>;

/// Every float of the functions' ranges, or of those of one sign and exponent every n-th run of 1,024:
/// function after function, and of each the targets in their order. The result does not depend on `jobs`.
///
/// error    each float is compared with a value that is off by 2^-27 units at most (elementary_runs.hpp), and
///          where that does not decide which error is the largest, with MPFR, which rounds correctly
std::vector<ElementaryError> measure(std::span<const sca::kernels::simd::ElementaryFunctions<float>> targets,
                                     std::size_t every, unsigned jobs,
                                     const ElementaryProgress& progress = {});

/// At `samples` arguments of each range, against MPFR: half of them equally likely, half with equally likely
/// exponents. What holds for every double is derived where the kernels declare it.
std::vector<ElementaryError> measure(std::span<const sca::kernels::simd::ElementaryFunctions<double>> targets,
                                     std::size_t samples, unsigned jobs,
                                     const ElementaryProgress& progress = {});

}  // namespace sca::evidence::kernels
