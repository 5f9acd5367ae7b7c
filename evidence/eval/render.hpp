#pragma once

#include "evidence/eval/input.hpp"
#include "evidence/eval/value.hpp"

namespace sca::evidence::eval {

struct Rendered {
  Json json;
  /// Every number is rounded for certain. Otherwise more precision may tell more.
  bool settled = true;
};

/// A value in decimals, `digits` significant ones a number.
///
/// error    settled: each number is the nearest decimal, ties to even. Not settled: a number may have fewer
///          digits, be "0e-N" (|x| < 10^-N and 10^-digits of its vector's largest component is all that is
///          known), or be "undecided"
Rendered render(const Value& value, int digits);

/// Largest magnitude among the numbers of a vector, matrix or complex number: what "relative" means for all
/// of them.
Interval scale_of(const Value& value);

}  // namespace sca::evidence::eval
