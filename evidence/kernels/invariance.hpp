#pragma once

#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// Changes of a call or of a problem that change no bit of what they do not concern.
Outcome calls_agree(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome backward_calls_agree(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome later_tokens_change_nothing(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome sequences_are_independent(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome query_heads_may_be_repeated(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);
Outcome nan_stays_where_it_belongs(const sca_core_kernel& kernel, const CoreCase& one, Oracle& oracle);

}  // namespace sca::evidence::kernels
