#pragma once

#include "proofs_numeric/claim.hpp"
#include "theory/complex.hpp"

namespace sca::proofs {

/// An enclosure of int_0^1 S(s theta).theta ds by Gauss–Legendre on S itself, remainder included: a route to
/// phi that does not use its closed form.
struct PathIntegral {
  Complex<Interval> value;
  Interval remainder;  // |value - integral| <= remainder
};
PathIntegral integrate_summary(const Prefix<Interval>& prefix, const std::vector<Interval>& theta);

/// A direction theta scaled so that <theta, h_k> stays moderate.
std::vector<Interval> moderate_direction(const Prefix<Interval>& prefix);

}  // namespace sca::proofs
