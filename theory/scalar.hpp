#pragma once

#include <cmath>
#include <cstddef>

namespace sca {

/// What an ordered scalar (double, MPFR, forward-mode autodiff over either) offers beyond arithmetic, sqrt,
/// sin, cos and exp. Code that must also run on intervals compares through these and never with operators.
template <class Real>
struct OrderedScalar {
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
  /// above() where value > threshold, else below(). Only the one that is needed runs; a NaN goes below.
  template <class Above, class Below>
  static Real branch(const Real& value, const Real& threshold, Above above, Below below) {
    return threshold < value ? Real(above()) : Real(below());
  }
  /// Both at once: MPFR computes the pair at the price of one.
  static void sin_cos(const Real& x, Real& sine, Real& cosine) {
    using std::cos;
    using std::sin;
    sine = sin(x);
    cosine = cos(x);
  }
  /// sum += a b, the inner operation of every product of matrices. Rounds twice, or once where that is
  /// cheaper.
  static void add_product(Real& sum, const Real& a, const Real& b) { sum = sum + Real(a * b); }
  /// A number near x that may stand for a constant which cancels in exact arithmetic (softmax's shift).
  static Real representative(const Real& x) { return x; }
};

/// Intervals specialise it, because comparing them is meaningless: their `smaller` is the hull of all minima,
/// their `sinc` survives a zero, and `branch` at a kink inside the interval is the hull of both sides.
template <class Real>
struct Scalar : OrderedScalar<Real> {};

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

/// min(max(x, low), high): at a bound x itself, so that its derivative is 1 there and 0 beyond.
template <class Real>
Real clamp(const Real& x, const Real& low, const Real& high) {
  return smaller(larger(x, low), high);
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
