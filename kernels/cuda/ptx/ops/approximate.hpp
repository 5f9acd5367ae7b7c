#pragma once

#include "kernels/cuda/ptx/ops/table.hpp"

namespace sca::kernels::cuda::ptx {

/// What builds rcp, sqrt and div if .approx or .full is said; null otherwise.
Builder approximate_builder(const Statement& statement);

}  // namespace sca::kernels::cuda::ptx
