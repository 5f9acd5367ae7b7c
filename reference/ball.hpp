#pragma once

#include <optional>
#include <utility>

#include "reference/multiprecision.hpp"
#include "reference/upper.hpp"

namespace sca::reference {

/// The exact real number that lies within `radius` of `middle`: half the price of an interval, because the
/// radius is a double. Every operation encloses its exact result; MPFR says whether it rounded, so that
/// exact stays exact.
///
/// domain   middle has the thread's precision for Float; a middle that is no number has an infinite
///          radius
struct Ball {
  Float middle{0};
  Upper radius;

  /// Of |x|, for the x that is meant.
  Upper magnitude() const;
  Lower mignitude() const;
  /// Of x; 0 unless x is certainly above 0.
  Lower positive_part() const;
  /// Of 1 + x.
  Lower one_plus() const;

  static Ball exact(double x);
  static Ball pi();
  /// *this += a b, given bounds of |a| and |b|
  void add_product(const Ball& a, const Ball& b, Upper a_size, Upper b_size);

  // Found by their arguments only: a name in this namespace would hide theory/scalar.hpp's from the templates
  // here.
  friend Ball operator+(const Ball& a, const Ball& b);
  friend Ball operator-(const Ball& a, const Ball& b);
  friend Ball operator*(const Ball& a, const Ball& b);
  friend Ball operator/(const Ball& a, const Ball& b);
  friend Ball operator-(const Ball& a);
  friend Ball abs(const Ball& a);
  friend Ball sqrt(const Ball& a);
  friend Ball exp(const Ball& a);
  friend Ball log(const Ball& a);
  friend Ball log1p(const Ball& a);
  /// {sin a, cos a}
  friend std::pair<Ball, Ball> sin_cos(const Ball& a);
  friend Ball smaller(const Ball& a, const Ball& b);
  friend Ball larger(const Ball& a, const Ball& b);

  /// a < b; nothing where the radii cannot tell.
  friend std::optional<bool> is_less(const Ball& a, const Ball& b);
  /// Bounds of b.middle - a.middle: from below, 0 unless positive; and of |b.middle - a.middle| from above.
  friend Lower middle_gap(const Ball& a, const Ball& b);
  friend Upper middle_distance(const Ball& a, const Ball& b);
};

}  // namespace sca::reference
