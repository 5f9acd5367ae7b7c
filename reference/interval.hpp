#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <boost/multiprecision/mpfi.hpp>

#include <string>

#include "theory/scalar.hpp"

namespace sca {

/// An exact rational: what instances are stored in.
using Rational =
    boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;
/// An exact integer of any size.
using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
/// A closed interval with MPFR endpoints at the thread's precision. MPFR rounds its elementary functions
/// correctly and MPFI rounds outwards, so that every result encloses the exact one: an enclosure is a proof.
using Interval = boost::multiprecision::number<boost::multiprecision::mpfi_float_backend<0>,
                                               boost::multiprecision::et_off>;

}  // namespace sca

// Boost 1.81 ends in std::terminate when overlapping intervals are compared with operators. These make the
// mistake a compile-time error; decide through `certainly_less` and its kin, which say "unknown" where they
// must.
namespace boost::multiprecision {
bool operator<(const sca::Interval&, const sca::Interval&) = delete;
bool operator>(const sca::Interval&, const sca::Interval&) = delete;
bool operator<=(const sca::Interval&, const sca::Interval&) = delete;
bool operator>=(const sca::Interval&, const sca::Interval&) = delete;
bool operator==(const sca::Interval&, const sca::Interval&) = delete;
bool operator!=(const sca::Interval&, const sca::Interval&) = delete;
}  // namespace boost::multiprecision

namespace sca {

/// Sets the precision, in bits, of every Interval made by this thread until the scope ends. Boost's
/// `default_precision` does not reach threads that already exist, so each task opens a scope of its own.
class PrecisionScope {
 public:
  explicit PrecisionScope(unsigned bits);
  ~PrecisionScope();
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;

 private:
  unsigned saved_digits_;
};

/// Precision in bits of an Interval made now, in this thread.
unsigned working_bits();

/// The tightest enclosure of a rational.
Interval to_interval(const Rational& x);
/// The interval [lower, upper]; both finite.
Interval hull(const Interval& a, const Interval& b);

bool certainly_less(const Interval& a, const Interval& b);
bool certainly_at_most(const Interval& a, const Interval& b);
bool certainly_disjoint(const Interval& a, const Interval& b);
bool contains_zero(const Interval& x);
bool is_exactly_zero(const Interval& x);
/// inner lies inside outer's interior: the hypothesis of Krawczyk's theorem.
bool in_interior(const Interval& inner, const Interval& outer);

/// Decimal endpoints with `digits` significant digits, rounded outwards.
std::string lower_decimal(const Interval& x, int digits);
std::string upper_decimal(const Interval& x, int digits);
/// The midpoint, to nearest, with `digits` significant digits.
std::string midpoint_decimal(const Interval& x, int digits);
/// Upper bound of |x| and lower bound of |x|, as point intervals: bounds, not enclosures of |x| (that is
/// `abs`). A decision that calls them the value itself would refute what is merely unknown.
Interval magnitude(const Interval& x);
Interval mignitude(const Interval& x);
/// An upper bound of upper(x) as a double (rounded up), and a lower bound of lower(x) (rounded down).
double upper_double(const Interval& x);
double lower_double(const Interval& x);
/// The midpoint as a point interval.
Interval midpoint(const Interval& x);
/// Certified decimal digits of x: -log10 of (half width / |midpoint|), 0 if nothing is known.
double certified_digits(const Interval& x);

/// Rationals: exact; only what needs no square root or transcendental function may be asked of them.
template <>
struct Scalar<Rational> {
  static Rational smaller(const Rational& a, const Rational& b) { return b < a ? b : a; }
  static Rational larger(const Rational& a, const Rational& b) { return a < b ? b : a; }
  static Rational square(const Rational& x) { return x * x; }
  static bool negligible(const Rational& x) { return x == 0; }
  static Rational unit_ball() { return 1; }
  static bool is_multiple(const Rational& x, const Rational& of) {
    return denominator(Rational(x / of)) == 1;
  }
};

template <>
struct Scalar<Interval> {
  static Interval pi();
  static Interval smaller(const Interval& a, const Interval& b);
  static Interval larger(const Interval& a, const Interval& b);
  static Interval square(const Interval& x);
  static Interval sinc(const Interval& x);
  static bool negligible(const Interval& x);
  static Interval unit_ball();
  /// Where the threshold lies inside `value`: the hull of both sides, each over the whole of `value`.
  template <class Above, class Below>
  static Interval branch(const Interval& value, const Interval& threshold, Above above, Below below) {
    if (certainly_less(threshold, value)) return above();
    if (certainly_at_most(value, threshold)) return below();
    return hull(above(), below());
  }
  static void sin_cos(const Interval& x, Interval& sine, Interval& cosine);
  static void add_product(Interval& sum, const Interval& a, const Interval& b) { sum += a * b; }
  /// The midpoint, as a point: a wide shift would not cancel.
  static Interval representative(const Interval& x) { return midpoint(x); }
  /// Si(x) = int_0^x sin(u)/u du, by FLINT/Arb.
  static Interval sine_integral(const Interval& x);
};

}  // namespace sca
