#include "reference/interval.hpp"

#include <arb.h>
#include <arb_hypgeom.h>

#include <cmath>
#include <memory>

#include "reference/arb.hpp"

namespace sca {
namespace {

mpfi_srcptr raw(const Interval& x) { return x.backend().data(); }
mpfi_ptr raw(Interval& x) { return x.backend().data(); }
mpfr_srcptr low(const Interval& x) { return &raw(x)->left; }
mpfr_srcptr high(const Interval& x) { return &raw(x)->right; }
bool is_nan(const Interval& x) { return mpfi_nan_p(raw(x)) != 0; }

unsigned bits_to_digits(unsigned bits) {
  // Boost counts precision in decimal digits and rounds the bits up, so that no bit asked for is lost.
  return static_cast<unsigned>(std::ceil(bits * 0.30102999566398120));
}

std::string decimal_zero(int digits) {
  return (digits > 1 ? "0." + std::string(static_cast<std::size_t>(digits - 1), '0') : "0") + "e+00";
}

std::string decimal(mpfr_srcptr x, int digits, mpfr_rnd_t rounding) {
  if (mpfr_zero_p(x)) return decimal_zero(digits);  // MPFI's upper zero is -0
  char* text = nullptr;
  mpfr_asprintf(&text, "%.*R*e", digits - 1, rounding, x);
  std::string result(text);
  mpfr_free_str(text);
  return result;
}

/// One number that MPFI reads off an interval, as a point.
Interval point(int (*read)(mpfr_ptr, mpfi_srcptr), const Interval& x) {
  Interval result;
  mpfr_t value;
  mpfr_init2(value, mpfi_get_prec(raw(x)));
  read(value, raw(x));
  mpfi_set_fr(raw(result), value);
  mpfr_clear(value);
  return result;
}

}  // namespace

PrecisionScope::PrecisionScope(unsigned bits) : saved_digits_(Interval::thread_default_precision()) {
  Interval::thread_default_precision(bits_to_digits(bits));
}
PrecisionScope::~PrecisionScope() { Interval::thread_default_precision(saved_digits_); }

unsigned working_bits() { return static_cast<unsigned>(mpfi_get_prec(raw(Interval()))); }

Interval to_interval(const Rational& x) {
  Interval result;
  mpfi_set_q(raw(result), x.backend().data());
  return result;
}

Interval hull(const Interval& a, const Interval& b) {
  Interval result;
  mpfi_union(raw(result), raw(a), raw(b));
  return result;
}

bool certainly_less(const Interval& a, const Interval& b) { return mpfr_less_p(high(a), low(b)) != 0; }
bool certainly_at_most(const Interval& a, const Interval& b) {
  return mpfr_lessequal_p(high(a), low(b)) != 0;
}
bool certainly_disjoint(const Interval& a, const Interval& b) {
  return certainly_less(a, b) || certainly_less(b, a);
}
bool contains_zero(const Interval& x) { return is_nan(x) || mpfi_has_zero(raw(x)) != 0; }
bool is_exactly_zero(const Interval& x) { return mpfr_zero_p(low(x)) && mpfr_zero_p(high(x)); }
bool in_interior(const Interval& inner, const Interval& outer) {
  return mpfr_less_p(low(outer), low(inner)) && mpfr_less_p(high(inner), high(outer));
}

std::string lower_decimal(const Interval& x, int digits) { return decimal(low(x), digits, MPFR_RNDD); }
std::string upper_decimal(const Interval& x, int digits) { return decimal(high(x), digits, MPFR_RNDU); }
std::string midpoint_decimal(const Interval& x, int digits) {
  const Interval middle = midpoint(x);
  return decimal(low(middle), digits, MPFR_RNDN);
}

Interval magnitude(const Interval& x) { return point(mpfi_mag, x); }
Interval mignitude(const Interval& x) { return point(mpfi_mig, x); }
Interval midpoint(const Interval& x) { return point(mpfi_mid, x); }

double upper_double(const Interval& x) { return mpfr_get_d(high(x), MPFR_RNDU); }
double lower_double(const Interval& x) { return mpfr_get_d(low(x), MPFR_RNDD); }

double certified_digits(const Interval& x) {
  if (is_nan(x) || mpfi_bounded_p(raw(x)) == 0) return 0;
  mpfr_t width;
  mpfr_init2(width, 64);
  mpfi_diam_abs(width, raw(x));
  const bool exact = mpfr_zero_p(width) != 0;
  const Interval smallest = mignitude(x);
  double digits = 0;
  if (exact) {
    digits = HUGE_VAL;
  } else if (!contains_zero(x)) {
    mpfr_div(width, width, low(smallest), MPFR_RNDU);
    mpfr_log10(width, width, MPFR_RNDU);
    digits = -mpfr_get_d(width, MPFR_RNDU);
  }
  mpfr_clear(width);
  return digits;
}

Interval Scalar<Interval>::pi() {
  Interval result;
  mpfi_const_pi(raw(result));
  return result;
}

Interval Scalar<Interval>::smaller(const Interval& a, const Interval& b) {
  Interval result;
  mpfr_min(&raw(result)->left, low(a), low(b), MPFR_RNDD);
  mpfr_min(&raw(result)->right, high(a), high(b), MPFR_RNDU);
  return result;
}

Interval Scalar<Interval>::larger(const Interval& a, const Interval& b) {
  Interval result;
  mpfr_max(&raw(result)->left, low(a), low(b), MPFR_RNDD);
  mpfr_max(&raw(result)->right, high(a), high(b), MPFR_RNDU);
  return result;
}

Interval Scalar<Interval>::square(const Interval& x) {
  Interval result;
  mpfi_sqr(raw(result), raw(x));
  return result;
}

Interval Scalar<Interval>::sinc(const Interval& x) {
  if (!contains_zero(x)) return sin(x) / x;
  // 1 - x^2/6 <= sinc(x) <= 1 for every x, and sinc(x) >= -1/4.
  const Interval below = Interval(1) - square(magnitude(x)) / Interval(6);
  return hull(larger(below, Interval(-1) / Interval(4)), Interval(1));
}

bool Scalar<Interval>::negligible(const Interval& x) {
  const Interval size = magnitude(x);
  return mpfr_zero_p(low(size)) || mpfr_get_exp(low(size)) < -static_cast<long>(mpfi_get_prec(raw(x)));
}

Interval Scalar<Interval>::unit_ball() { return hull(Interval(-1), Interval(1)); }

void Scalar<Interval>::sin_cos(const Interval& x, Interval& sine, Interval& cosine) {
  mpfi_sin(raw(sine), raw(x));
  mpfi_cos(raw(cosine), raw(x));
}

Interval Scalar<Interval>::sine_integral(const Interval& x) {
  ArbNumber value(x);
  arb_hypgeom_si(value.get(), value.get(), static_cast<slong>(working_bits()));
  return value.to_interval();
}

}  // namespace sca
