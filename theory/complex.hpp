#pragma once

#include "theory/scalar.hpp"

namespace sca {

/// A complex number over any scalar (std::complex is specified for float, double and long double only).
template <class Real>
struct Complex {
  Real re{0};
  Real im{0};

  friend Complex operator+(const Complex& a, const Complex& b) { return {a.re + b.re, a.im + b.im}; }
  friend Complex operator-(const Complex& a, const Complex& b) { return {a.re - b.re, a.im - b.im}; }
  friend Complex operator*(const Complex& a, const Complex& b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
  friend Complex operator*(const Complex& a, const Real& s) { return {a.re * s, a.im * s}; }
  Complex& operator+=(const Complex& b) { return *this = *this + b; }
};

template <class Real>
Complex<Real> conj(const Complex<Real>& z) {
  return {z.re, -z.im};
}

/// |z|².
template <class Real>
Real norm(const Complex<Real>& z) {
  return square(z.re) + square(z.im);
}

template <class Real>
Real abs(const Complex<Real>& z) {
  using std::sqrt;
  return sqrt(norm(z));
}

/// i z.
template <class Real>
Complex<Real> times_i(const Complex<Real>& z) {
  return {-z.im, z.re};
}

/// e^{i phase}.
template <class Real>
Complex<Real> expi(const Real& phase) {
  using std::cos;
  using std::sin;
  return {cos(phase), sin(phase)};
}

}  // namespace sca
