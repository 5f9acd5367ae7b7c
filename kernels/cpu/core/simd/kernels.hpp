#pragma once

#include <span>

#include "kernels/plugin.h"

namespace sca::kernels::simd {

/// The operator in vectors, a name for each SIMD target that this machine has. Heads are shared by threads;
/// chunks of tokens and the order of every sum are fixed, so that the number of threads changes no bit.
///
/// error    elementary functions of our own (evidence/kernels/elementary.hpp), chains of additions of
/// `prefix_depth`
std::span<const sca_core_kernel* const> kernels();

}  // namespace sca::kernels::simd
