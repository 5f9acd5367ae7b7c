#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace sca::reference {

// Bounds computed in double, rounded away safely without touching the rounding mode: round to nearest leaves
// a result within half the distance to its neighbour, so that the next double above is an upper bound of the
// exact result, and the next below a lower one. Where the result underflows to 0 the neighbour is the
// smallest subnormal; where it overflows it is infinity already, or the largest double for a lower bound.
// Holds in round to nearest without flush to zero. A bound's own arithmetic costs 2^-52 of it an operation.

/// A nonnegative number that is not below what it stands for. Infinity: nothing is known, the computed
/// number may be infinite or NaN.
class Upper {
 public:
  constexpr Upper() = default;
  /// Infinity for NaN and for what is negative.
  constexpr Upper(double bound)
      : bound_(bound >= 0 ? bound : infinity) {}  // NOLINT(google-explicit-constructor)

  static constexpr Upper unknown() { return infinity; }
  /// Of a result that was rounded to `nearest`.
  static constexpr Upper above(double nearest) {
    return nearest < infinity ? std::bit_cast<double>(std::bit_cast<std::uint64_t>(nearest) + 1) : infinity;
  }

  constexpr double bound() const { return bound_; }
  constexpr bool is_finite() const { return bound_ < infinity; }
  constexpr bool is_zero() const { return bound_ == 0; }

  friend constexpr Upper operator+(Upper a, Upper b) {
    if (a.is_zero()) return b;
    return b.is_zero() ? a : above(a.bound_ + b.bound_);
  }
  friend constexpr Upper operator*(Upper a, Upper b) {
    if (!a.is_finite() || !b.is_finite())
      return infinity;  // infinite is not "finite but large": 0 does not absorb it
    return a.is_zero() || b.is_zero() ? Upper() : above(a.bound_ * b.bound_);
  }
  friend constexpr bool operator<(Upper a, Upper b) { return a.bound_ < b.bound_; }

 private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();

  double bound_ = 0;
};

constexpr Upper largest_of(Upper a, Upper b) { return a < b ? b : a; }
constexpr Upper smallest_of(Upper a, Upper b) { return a < b ? a : b; }

/// A nonnegative number that is not above what it stands for; 0: nothing is known.
class Lower {
 public:
  constexpr Lower() = default;
  /// 0 for NaN and for what is negative.
  constexpr explicit Lower(double bound) : bound_(bound >= 0 ? bound : 0) {}

  constexpr double bound() const { return bound_; }
  constexpr bool is_zero() const { return !(bound_ > 0); }

  friend constexpr Lower operator+(Lower a, Lower b) {
    if (a.is_zero()) return b;
    return b.is_zero() ? a : below(a.bound_ + b.bound_);
  }
  friend constexpr Lower operator-(Lower a, Upper b) {
    return b.is_zero() ? a : below(a.bound_ - b.bound());  // infinite b: below(-infinity) is 0
  }
  friend Lower sqrt(Lower a) { return below(std::sqrt(a.bound_)); }
  /// Infinity where the divisor may be 0: never a wrong bound.
  friend constexpr Upper operator/(Upper a, Lower b) {
    if (b.is_zero()) return std::numeric_limits<double>::infinity();
    return a.is_zero() ? a : Upper::above(a.bound() / b.bound_);
  }

 private:
  static constexpr Lower below(double nearest) {
    return nearest > 0 ? Lower(std::bit_cast<double>(std::bit_cast<std::uint64_t>(nearest) - 1)) : Lower();
  }

  double bound_ = 0;
};

}  // namespace sca::reference
