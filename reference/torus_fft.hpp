#pragma once

#include <vector>

#include "reference/interval.hpp"
#include "theory/complex.hpp"
#include "theory/prefix.hpp"

namespace sca::reference {

/// FFTW's precisions. On x86 long double has 64 bits and quad, __float128, 113.
enum class FftPrecision { binary64, extended, quad };

/// u = 2^-p.
Interval unit_roundoff(FftPrecision precision);
const char* name(FftPrecision precision);

/// sum_n N^-d c_a(theta_n) e^{-i<theta_n, x>} for every x in {0..N-1}^d at once and every component a, by one
/// transform a component: the readout of a sampled summary at all lattice points.
///
/// shape    samples [N^d], row-major over the grid (first axis slowest) -> [N^d]; converted to the precision
///          first (round to nearest), so that the input's own rounding is the caller's to bound
/// domain   N a power of two, d = 1, 2, 3
std::vector<Complex<Interval>> read_all_lattice_points(const std::vector<Complex<Interval>>& samples,
                                                       std::size_t n, std::size_t d, FftPrecision precision);

}  // namespace sca::reference
