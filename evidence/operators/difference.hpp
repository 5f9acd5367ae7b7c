#pragma once

#include <functional>

#include "evidence/operators/arguments.hpp"
#include "reference/multiprecision.hpp"

namespace sca::evidence::operators {

/// A derivative taken of values alone: whatever takes derivatives by rules is checked by it.
struct Difference {
  reference::Float value;
  double error;  // of the difference itself, estimated
};

/// phi'(0) = (phi(s) - phi(-s)) / 2s + O(s^2), in so many digits that what cancels does not matter.
///
/// domain   phi is smooth at 0, on the scale of s = 10^-30
/// error    about a third of the distance to the difference of the step 2 s. Twice that distance is told,
///          which is an estimate, and far below the bounds that it is added to
Difference difference(const std::function<reference::Float(const reference::Float& s)>& phi);

/// A direction through all that gradients are taken by at once: each number by up to its own size, zeros by
/// that of their tensor's largest.
Named<double> direction(const Given<double>& given);

/// The numbers plus s times the direction.
Named<reference::Float> moved(const Given<double>& given, const Named<double>& direction,
                              const reference::Float& s);

}  // namespace sca::evidence::operators
