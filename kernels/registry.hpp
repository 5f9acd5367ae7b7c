#pragma once

#include <span>

#include "kernels/plugin.h"

namespace sca::kernels {

/// The core operator's kernels that this machine can run, the plain ones first.
std::span<const sca_core_kernel* const> core_kernels();

}  // namespace sca::kernels
