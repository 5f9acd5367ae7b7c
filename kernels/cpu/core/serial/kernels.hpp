#pragma once

#include <span>

#include "kernels/plugin.h"

namespace sca::kernels::serial {

/// The operator as it is written, one head after the other, one token after the other: the anchor of the
/// others.
///
/// error    libm's functions, chains of L additions
std::span<const sca_core_kernel> kernels();

}  // namespace sca::kernels::serial
