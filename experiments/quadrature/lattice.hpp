#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace sca::experiments {

/// The generator of a rank-1 lattice of N points, component by component: each minimises
/// `lattice_error_squared` over the components before it.
///
/// shape    gamma [d] -> [d]
/// domain   N prime
/// error    candidates that agree to the rounding of an FFT of length N-1 count
/// as equal source   D. Nuyens, R. Cools, Fast algorithms for component-by-component construction of rank-1
/// lattice rules (2006): in powers of a primitive root the sum over n is a cyclic convolution
std::vector<std::uint64_t> component_by_component(std::uint64_t N, std::span<const double> gamma);

/// The same for `gamma` = 1 on all d axes, which are as wide as one another; computed once.
const std::vector<std::uint64_t>& equal_axes_generator(std::uint64_t N, std::size_t d);

}  // namespace sca::experiments
