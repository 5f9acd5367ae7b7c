#pragma once

#include "evidence/kernels/number_format.hpp"
#include "evidence/operators/definition.hpp"
#include "evidence/operators/difference.hpp"

namespace sca::evidence::operators {

/// The case's numbers as a kernel gets them that stores activations so.
/// errors   InputError for an unknown regime
Given<double> make_given(const OperatorCase& one, sca_dtype dtype);

/// What the reference expects of an evaluation in one arithmetic, before results are rounded to what they are
/// stored as.
struct Expected {
  Named<reference::Bounded> results;   // outputs; with derivatives, g.NAME too
  Named<reference::Bounded> added_to;  // the same, added to before(NAME) in any order of all terms
  std::size_t kinks = 0;               // comparisons that rounding may turn
};

/// The outputs, and the derivatives of sum(cotangent * output) over the outputs named `differentiated`;
/// before what a call adds to.
Expected expected(const Given<double>& given, const reference::FloatingPoint& arithmetic,
                  const std::vector<std::string>& differentiated);

/// The derivative of the same sum along direction(given), by a difference of the reference's values.
Difference along_direction(const Given<double>& given, const std::vector<std::string>& differentiated);

}  // namespace sca::evidence::operators
