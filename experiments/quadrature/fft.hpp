#pragma once

#include <complex>
#include <vector>

namespace sca::experiments {

/// sum_m x_m e^{2 pi i j m/N}, j = 0 … N-1, by FFTW; safe from several threads at once.
///
/// domain   any N >= 1
std::vector<std::complex<double>> fourier(std::vector<std::complex<double>> x);

/// sum_b a_b k_{(j - b) mod N}, j = 0 … N-1.
/// domain   equal sizes
std::vector<double> cyclic_convolution(const std::vector<double>& a, const std::vector<double>& k);

}  // namespace sca::experiments
