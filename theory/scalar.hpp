#pragma once

#include <cmath>
#include <cstddef>

namespace sca {

/// What the theory needs of a scalar beyond arithmetic, sqrt, sin, cos and exp.
///
/// This primary template serves ordered scalars (double, MPFR, rationals). Intervals specialise it, because
/// comparing them is meaningless: their `smaller` is the hull of all minima, their `sinc` survives a zero.
template <class Real>
struct Scalar {
  static Real pi() {
    using std::acos;
    return acos(Real(-1));
  }
  static Real smaller(const Real& a, const Real& b) { return b < a ? b : a; }
  static Real larger(const Real& a, const Real& b) { return a < b ? b : a; }
  static Real square(const Real& x) { return x * x; }
  static Real sinc(const Real& x) {
    using std::sin;
    return x == Real(0) ? Real(1) : sin(x) / x;
  }
  /// True where a product of further factors in [-1, 1] cannot matter any more; see `bounded_product`.
  static bool negligible(const Real& x) { return x == Real(0); }
  /// The set of all values in [-1, 1], as far as the scalar can express it.
  static Real unit_ball() { return Real(1); }
};

template <class Real>
Real pi() {
  return Scalar<Real>::pi();
}
template <class Real>
Real square(const Real& x) {
  return Scalar<Real>::square(x);
}
/// sin(x)/x, 1 at x = 0.
template <class Real>
Real sinc(const Real& x) {
  return Scalar<Real>::sinc(x);
}
template <class Real>
Real smaller(const Real& a, const Real& b) {
  return Scalar<Real>::smaller(a, b);
}
template <class Real>
Real larger(const Real& a, const Real& b) {
  return Scalar<Real>::larger(a, b);
}

/// x^n by repeated squaring; exact for exact scalars.
template <class Real>
Real power(Real x, std::size_t n) {
  Real result(1);
  for (; n != 0; n >>= 1) {
    if (n & 1) result = result * x;
    if (n > 1) x = square(x);
  }
  return result;
}

/// prod_{l<n} factor(l) for factors in [-1, 1]. An interval product that has become negligible is closed with
/// [-1, 1] for the axes that remain: still an enclosure, and in 64 dimensions eight times cheaper.
template <class Real, class Factor>
Real bounded_product(std::size_t n, Factor factor) {
  Real product(1);
  for (std::size_t l = 0; l < n; ++l) {
    product = product * factor(l);
    if (Scalar<Real>::negligible(product)) return product * Scalar<Real>::unit_ball();
  }
  return product;
}

}  // namespace sca
