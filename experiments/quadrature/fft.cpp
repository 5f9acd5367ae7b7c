#include "experiments/quadrature/fft.hpp"

#include <fftw3.h>

#include <mutex>

namespace sca::experiments {
namespace {

/// FFTW's planner is one for all threads; executing is free.
std::mutex& planner() {
  static std::mutex mutex;
  return mutex;
}

void transform(std::vector<std::complex<double>>& x, int sign) {
  auto* data = reinterpret_cast<fftw_complex*>(x.data());  // FFTW's own promise of layout
  fftw_plan plan = nullptr;
  {
    const std::scoped_lock lock(planner());
    plan = fftw_plan_dft_1d(static_cast<int>(x.size()), data, data, sign, FFTW_ESTIMATE);
  }
  fftw_execute(plan);
  const std::scoped_lock lock(planner());
  fftw_destroy_plan(plan);
}

}  // namespace

std::vector<std::complex<double>> fourier(std::vector<std::complex<double>> x) {
  transform(x, FFTW_BACKWARD);
  return x;
}

std::vector<double> cyclic_convolution(const std::vector<double>& a, const std::vector<double>& k) {
  std::vector<std::complex<double>> left(a.begin(), a.end());
  std::vector<std::complex<double>> right(k.begin(), k.end());
  transform(left, FFTW_FORWARD);
  transform(right, FFTW_FORWARD);
  for (std::size_t i = 0; i < left.size(); ++i) left[i] *= right[i];
  transform(left, FFTW_BACKWARD);
  std::vector<double> result;
  for (const auto& value : left) result.push_back(value.real() / static_cast<double>(a.size()));
  return result;
}

}  // namespace sca::experiments
