#include "evidence/cuda/library_errors.hpp"

#include "evidence/cuda/float_error.hpp"

namespace sca::evidence::cuda {

void LargestSeen::meet(double other, float x) {
  if (!(other <= error)) *this = {other, x};
}

std::vector<kernels::Exact> exact_values(const LibraryFunction& function, const std::vector<float>& x) {
  std::vector<kernels::Exact> all;
  all.reserve(x.size());
  for (const float one : x) {
    kernels::Exact& y = all.emplace_back(one);
    function.exact(y.backend().data(), y.backend().data(), MPFR_RNDN);
  }
  return all;
}

LibraryErrors library_errors(const LibraryFunction& function, const std::vector<float>& x,
                             const std::vector<kernels::Exact>& exact, const std::vector<float>& y) {
  LibraryErrors seen{.arguments = x.size(), .ulps = {}, .steps = {}, .units = {}};
  for (std::size_t i = 0; i < x.size(); ++i) {
    const FloatError error = float_error(y[i], exact[i], function.is_absolute);
    seen.ulps.meet(error.ulps, x[i]);
    seen.steps.meet(error.steps, x[i]);
    seen.units.meet(error.units, x[i]);
  }
  return seen;
}

}  // namespace sca::evidence::cuda
