#pragma once

#include "reference/tensor.hpp"

namespace sca::reference {

/// v / sqrt(mean v^2 + epsilon), in place.
///
/// error    a chain of v.size() additions, all of one sign
template <class Real>
void normalise(std::span<Real> v, double epsilon) {
  using std::sqrt;
  Real sum(0);
  for (const Real& x : v) sum = sum + square(x);
  const Real mean = sum / Real(static_cast<double>(v.size()));
  const Real root = sqrt(Real(mean + Real(epsilon)));
  for (Real& x : v) x = x / root;
}

/// RMSNorm with a gain: normalise(v) * gain, in place.
template <class Real>
void rms_norm(std::span<Real> v, std::span<const Real> gain, double epsilon) {
  normalise(v, epsilon);
  for (std::size_t i = 0; i < v.size(); ++i) v[i] *= gain[i];
}

}  // namespace sca::reference
