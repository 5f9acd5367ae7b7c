#pragma once

#include <complex>
#include <vector>

#include "experiments/quadrature/target.hpp"

namespace sca::experiments {

/// The readout of one prefix at many probes at once.
///
/// shape    probes, values [P]; probes ascending
struct Scan {
  std::vector<double> probes;
  std::vector<std::complex<double>> values;
};

/// sum_k c_k K(h_k - x) for K the midpoint rule of M panels on [-T, T], at every x = j pi/(2 T) with |x| <=
/// reach: one FFT of 2M points, whatever the number of probes.
///
/// domain   d = 1; reach < pi M/(2 T), beyond which probes repeat
/// error    a few log2(M) roundings of sum |c_k|
Scan scanned_midpoint(const Target& target, std::size_t M, double half_width, double reach);

/// The same of the cube mean, in closed form.
Scan scanned_window(const Target& target, const std::vector<double>& probes, double half_width);

}  // namespace sca::experiments
