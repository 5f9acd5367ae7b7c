#include "experiments/quadrature/shifts.hpp"

#include <cmath>

#include "experiments/quadrature/fft.hpp"
#include "theory/scalar.hpp"

namespace sca::experiments {
namespace {

constexpr std::size_t oversampling = 2;  // probes to a cell pi/T of the window

}  // namespace

Scan scanned_midpoint(const Target& target, std::size_t M, double half_width, double reach) {
  const std::size_t N = oversampling * M;
  const double spacing = 2 * half_width / static_cast<double>(M);
  const double first = spacing / 2 - half_width;
  std::vector<std::complex<double>> samples(N);
  for (std::size_t m = 0; m < M; ++m) {
    const double theta = first + spacing * static_cast<double>(m);
    for (std::size_t k = 0; k < target.size(); ++k)
      samples[m] += target.coefficients[k] * std::polar(1.0, theta * target.points[k]);
  }
  // sum_m S_m e^{-i theta_m x}: with x = -2 pi j/(N spacing) the exponent is theta_0 x plus FFTW's own.
  const std::vector<std::complex<double>> sums = fourier(std::move(samples));
  const double step = 2 * pi<double>() / (static_cast<double>(N) * spacing);
  const auto last = static_cast<long>(reach / step);
  Scan scan;
  for (long j = -last; j <= last; ++j) {
    const double x = step * static_cast<double>(j);
    const auto index = static_cast<std::size_t>((static_cast<long>(N) - j) % static_cast<long>(N));
    scan.probes.push_back(x);
    scan.values.push_back(sums[index] * std::polar(1 / static_cast<double>(M), -first * x));
  }
  return scan;
}

Scan scanned_window(const Target& target, const std::vector<double>& probes, double half_width) {
  Scan scan{probes, {}};
  for (const double x : probes) {
    double sum = 0;
    for (std::size_t k = 0; k < target.size(); ++k)
      sum += target.coefficients[k] * sinc(half_width * (target.points[k] - x));
    scan.values.emplace_back(sum);
  }
  return scan;
}

}  // namespace sca::experiments
