#pragma once

#include <rapidcheck.h>

#include "tests/reference/roundoff.hpp"

namespace sca::reference::test {

/// Two tensors that must be the same in exact arithmetic.
template <class Real>
using Pair = std::pair<Tensor<Real>, Tensor<Real>>;

/// |a - b| <= width(A) + width(B), entry by entry, where A and B are enclosures of the two evaluations.
template <class Real>
void assert_within(const Pair<Real>& values, const Pair<Interval>& enclosures) {
  RC_ASSERT(values.first.data.size() == values.second.data.size());
  for (std::size_t i = 0; i < values.first.data.size(); ++i) {
    const double error = std::abs(static_cast<double>(Real(values.first.data[i] - values.second.data[i])));
    const double bound = width(enclosures.first.data[i]) + width(enclosures.second.data[i]);
    if (!(error <= bound) || !std::isfinite(bound))
      RC_LOG() << "entry " << i << ": " << error << " > " << bound;
    RC_ASSERT(error <= bound);
    RC_ASSERT(std::isfinite(bound));
  }
}

/// f.operator()<Real>() gives the pair; they must agree to roundoff in double and at 50 digits.
template <class F>
void assert_agree(F f) {
  {
    const PrecisionScope bits(judging_bits);
    assert_within(f.template operator()<double>(), f.template operator()<Interval>());
  }
  const DigitsScope digits(50);
  const PrecisionScope bits(judging_bits_50);
  assert_within(f.template operator()<Float>(), f.template operator()<Interval>());
}

/// The pair must be equal to the last bit: the same operations on the same numbers.
template <class F>
void assert_identical(F f) {
  const auto in_double = f.template operator()<double>();
  RC_ASSERT(in_double.first.data == in_double.second.data);
  const DigitsScope digits(50);
  const auto in_float = f.template operator()<Float>();
  RC_ASSERT(in_float.first.data == in_float.second.data);
}

}  // namespace sca::reference::test
