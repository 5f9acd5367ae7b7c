#pragma once

#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// Results within their derived bounds.
Outcome forward_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome step_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome resumed_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome backward_is_accurate(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);

}  // namespace sca::evidence::kernels
