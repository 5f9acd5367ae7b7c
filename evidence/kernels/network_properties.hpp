#pragma once

#include "evidence/kernels/property.hpp"

namespace sca::evidence::kernels {

/// The network of the plain kernels in float64: in float32 worst cases over several blocks say nothing, and
/// blocks are judged one by one (tests/evidence/networks_test.cpp).
NetworkKernel our_network();

// Of networks (evidence/networks/network_case.hpp).
Outcome network_is_accurate(const NetworkKernel& kernel, const operators::OperatorCase& one, Oracle& oracle);
Outcome network_steps_are_accurate(const NetworkKernel& kernel, const operators::OperatorCase& one,
                                   Oracle& oracle);
Outcome network_gradients_are_accurate(const NetworkKernel& kernel, const operators::OperatorCase& one,
                                       Oracle& oracle);
Outcome network_gradients_agree_with_differences(const NetworkKernel& kernel,
                                                 const operators::OperatorCase& one, Oracle& oracle);
Outcome network_calls_agree(const NetworkKernel& kernel, const operators::OperatorCase& one, Oracle& oracle);

}  // namespace sca::evidence::kernels
