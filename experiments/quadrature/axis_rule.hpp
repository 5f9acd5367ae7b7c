#pragma once

#include <memory>
#include <string>
#include <vector>

namespace sca::experiments {

/// A rule of n nodes on one axis against the window that it discretises. Both depend on a = T x (or sigma x)
/// alone, and both are real and even.
class AxisRule {
 public:
  virtual ~AxisRule() = default;
  virtual double window(double a) const = 0;
  /// K(a) - window(a), accurately even where it is far below the unit roundoff.
  virtual double defect(double a) const = 0;
  /// |defect(a)| at most.
  virtual double bound(double a) const = 0;
  /// "f64", or "mpfr" and the precision in bits.
  virtual std::string arithmetic() const = 0;
};

enum class Axis { midpoint, trapezoid, gauss_legendre, clenshaw_curtis, gauss_hermite };

/// The rule, in double where that shows the defect at `least_a`, else in as much precision as its theory's
/// bound there asks for. Nothing where that bound is below 1e-100: nobody looks that deep.
///
/// domain   n >= 1 (trapezoid, Clenshaw–Curtis: n >= 2), least_a > 0
std::unique_ptr<AxisRule> axis_rule(Axis kind, std::size_t n, double least_a);

}  // namespace sca::experiments
