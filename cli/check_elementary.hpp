#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/kernels.hpp"

namespace sca::cli {

/// `sca check --elementary`: the errors of the SIMD kernels' sin, cos, exp and log1p against what their
/// kernels declare, over every float or every n-th run of floats, and over sampled doubles.
int check_elementary(const KernelOptions& options, std::size_t every,
                     const std::vector<std::string>& arguments);

}  // namespace sca::cli
