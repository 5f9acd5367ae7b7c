#pragma once

#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// Of every operator but the core's (evidence/operators/definition.hpp).
Outcome operator_is_accurate(const OperatorKernel& kernel, const operators::OperatorCase& one,
                             Oracle& oracle);
Outcome operator_gradients_are_accurate(const OperatorKernel& kernel, const operators::OperatorCase& one,
                                        Oracle& oracle);
Outcome operator_calls_agree(const OperatorKernel& kernel, const operators::OperatorCase& one,
                             Oracle& oracle);
Outcome operator_backward_calls_agree(const OperatorKernel& kernel, const operators::OperatorCase& one,
                                      Oracle& oracle);
Outcome operator_gradients_agree_with_differences(const OperatorKernel& kernel,
                                                  const operators::OperatorCase& one, Oracle& oracle);
Outcome operator_hands_nan_on(const OperatorKernel& kernel, const operators::OperatorCase& one,
                              Oracle& oracle);

}  // namespace sca::evidence::kernels
