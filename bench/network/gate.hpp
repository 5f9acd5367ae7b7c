#pragma once

#include "bench/admission.hpp"
#include "evidence/kernels/oracle.hpp"
#include "kernels/network/sizes.hpp"

namespace sca::bench {

/// Every operator of a table, all its properties on small cases.
Admission operators_admission(const kernels::Operators<float>& table, evidence::kernels::Oracle& oracle);

/// A layer with its gradients and steps, and a hybrid model block by block, on small sizes under the released
/// rules: put together right, too.
Admission small_networks_admission(const kernels::Implementation<float>& by);

}  // namespace sca::bench
