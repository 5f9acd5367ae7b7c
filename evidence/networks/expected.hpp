#pragma once

#include "evidence/operators/difference.hpp"
#include "evidence/operators/expected.hpp"

namespace sca::evidence::networks {

/// What the reference expects of a network in one arithmetic: logits, step_logits, prefill_step_logits, and
/// g.NAME, the derivatives of sum(cotangent * logits) by every parameter.
operators::Expected expected(const operators::Given<double>& given,
                             const reference::FloatingPoint& arithmetic);

/// The derivative of sum(cotangent * logits) along direction(given), by a difference of the reference's
/// values.
operators::Difference along_direction(const operators::Given<double>& given);

}  // namespace sca::evidence::networks
