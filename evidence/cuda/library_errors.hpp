#pragma once

#include <cstddef>
#include <vector>

#include "evidence/cuda/library_functions.hpp"
#include "evidence/kernels/elementary_runs.hpp"

namespace sca::evidence::cuda {

/// The largest error of one kind, and its argument.
struct LargestSeen {
  double error = 0;
  float argument = 0;

  /// Of equal errors the first one stays.
  void meet(double other, float x);
};

/// What a function was seen to do: a sample, and no bound.
struct LibraryErrors {
  std::size_t arguments = 0;
  LargestSeen ulps, steps, units;  // as in FloatError
};

std::vector<kernels::Exact> exact_values(const LibraryFunction& function, const std::vector<float>& x);

/// shape    y, exact: as x
LibraryErrors library_errors(const LibraryFunction& function, const std::vector<float>& x,
                             const std::vector<kernels::Exact>& exact, const std::vector<float>& y);

}  // namespace sca::evidence::cuda
