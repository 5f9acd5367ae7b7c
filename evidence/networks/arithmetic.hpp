#pragma once

#include <algorithm>
#include <concepts>

#include "evidence/judge/precision.hpp"
#include "kernels/network/sizes.hpp"

namespace sca::evidence::networks {

/// What both the operators and the core of an implementation keep, additions in any order: what a network of
/// theirs is judged by.
template <class Real>
judge::Precision arithmetic_of(const sca::kernels::Implementation<Real>& by) {
  const sca_arithmetic& a = *by.operators->arithmetic;
  const sca_arithmetic& b = *by.core->arithmetic;
  return {std::same_as<Real, double> ? "f64" : "f32",
          {{std::max(a.unit_roundoff, b.unit_roundoff), std::max(a.trig_error, b.trig_error)},
           std::max(a.exp_error, b.exp_error),
           std::max(a.log_error, b.log_error),
           std::max(a.underflow, b.underflow),
           std::min(a.largest, b.largest)}};
}

}  // namespace sca::evidence::networks
