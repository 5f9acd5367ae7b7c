#pragma once

#include <boost/multiprecision/mpfr.hpp>

#include "theory/scalar.hpp"

namespace sca::reference {

/// A real of run-time precision. et_off: a template that says `auto` or `Real(a * b)` then means a number,
/// not an expression that refers to temporaries.
using Float = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>,
                                            boost::multiprecision::et_off>;

/// Sets the decimal digits of every Float made by this thread until the scope ends. Boost's
/// `default_precision` does not reach threads that exist already, so each task opens a scope of its own.
class DigitsScope {
 public:
  explicit DigitsScope(unsigned digits) : saved_(Float::thread_default_precision()) {
    Float::thread_default_precision(digits);
  }
  ~DigitsScope() { Float::thread_default_precision(saved_); }
  DigitsScope(const DigitsScope&) = delete;
  DigitsScope& operator=(const DigitsScope&) = delete;

 private:
  unsigned saved_;
};

}  // namespace sca::reference

namespace sca {

/// MPFR's own joint sine and cosine and fused product: half the time of the core operator, and no
/// temporaries.
template <>
struct Scalar<reference::Float> : OrderedScalar<reference::Float> {
  using Float = reference::Float;
  static void sin_cos(const Float& x, Float& sine, Float& cosine) {
    mpfr_sin_cos(sine.backend().data(), cosine.backend().data(), x.backend().data(), MPFR_RNDN);
  }
  static void add_product(Float& sum, const Float& a, const Float& b) {
    mpfr_fma(sum.backend().data(), a.backend().data(), b.backend().data(), sum.backend().data(), MPFR_RNDN);
  }
};

}  // namespace sca
