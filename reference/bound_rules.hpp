#pragma once

#include <cstddef>

#include "reference/floating_point.hpp"
#include "reference/upper.hpp"

namespace sca::reference {

/// How errors pass through operations, in plain numbers. `..._change`: how much the exact result moves when
/// operands move by at most their errors; `rounding`: what the operation itself adds. All terms, not the
/// first order only. a and b are bounds of the operands' exact magnitudes, ea and eb of their errors.
///
/// A type of its own so that the tests can put a wrong one in its place.
struct BoundRules {
  /// |fl(r') - r'| where the exact result on the computed operands is r', |r'| <= size + change.
  static Upper rounding(const FloatingPoint& f, double units, Upper size, Upper change) {
    return Upper(units) * ((size + change) * f.u() + f.underflow);
  }

  /// |a' b' - a b|
  static Upper product_change(Upper a, Upper ea, Upper b, Upper eb) { return a * eb + b * ea + ea * eb; }

  /// |a'/b' - a/b| = |(a' - a) - (a/b)(b' - b)| / |b'|, with b a lower bound of |b|.
  static Upper quotient_change(Upper quotient, Upper ea, Lower b, Upper eb) {
    return (ea + quotient * eb) / (b - eb);
  }

  /// |sqrt a' - sqrt a| = |a' - a| / (sqrt a' + sqrt a), with a a lower bound of a.
  static Upper root_change(Lower a, Upper ea) {
    if (ea.is_zero()) return {};
    const Lower least = a - ea;
    return least.is_zero() ? Upper::unknown() : ea / (sqrt(a) + sqrt(least));
  }

  /// |e^a' - e^a|, for e^a at most `value`. e^x - 1 <= x + x^2 on [0, 1.79]; beyond 1 the bound would say
  /// nothing of the value's first digit, and e^x - 1 <= 4^x serves.
  static Upper exp_change(Upper value, Upper ea) {
    if (ea.is_zero()) return {};
    if (!(1 < ea)) return value * (ea + ea * ea);
    Upper growth = 4;
    for (double doublings = 1; doublings < ea.bound() && growth.is_finite(); ++doublings) growth = growth * 4;
    return value * growth;
  }

  /// |log a' - log a| <= ea / (a - ea), with a a lower bound of a. For log1p, of 1 + a.
  static Upper log_change(Lower a, Upper ea) {
    if (ea.is_zero()) return {};
    return ea / (a - ea);
  }

  /// |f(a') - f(a)| for f = sin and |f'(a)| = |cos a| at most `slope`, or the other way round: between a
  /// and a' the slope is at most slope + ea and at most 1, and two values of f are never more than 2 apart.
  static Upper sine_change(Upper slope, Upper ea) {
    return smallest_of(ea * smallest_of(1, slope + ea), ea.is_finite() ? Upper(2) : ea);
  }

  /// The additions of n computed terms whose magnitudes sum to `mass`: (n - 1) u mass for any tree, and for
  /// fused products too; gamma_depth where the evaluation declares a depth.
  ///
  /// source   C.-P. Jeannerod, S. Rump: Improved error bounds for inner products in floating-point
  ///          arithmetic (2013). A product p fused into a running sum s errs by at most min(|p|, u |p +
  ///          s|), because s is a candidate: induction as there gives n u sum |p| for the whole chain,
  ///          and each p carries its u |p| already.
  static Upper summation(const FloatingPoint& f, std::size_t n, Upper mass) {
    if (n <= 1) return {};
    const std::size_t chain = f.sum_depth && *f.sum_depth < n - 1 ? *f.sum_depth : n - 1;
    const Upper first_order = Upper(static_cast<double>(chain)) * f.u();
    return chain == n - 1 ? first_order * mass : first_order * mass / (Lower(1) - first_order);
  }
};

}  // namespace sca::reference
