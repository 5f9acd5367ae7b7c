#pragma once

#include <cmath>

#include "reference/floating_point.hpp"

namespace sca::test {

/// Eight significant bits, as bfloat16 has, with a double's exponents: second-order terms show. Rounding a
/// double's correctly rounded + - * / sqrt to at most half its digits is a correct rounding.
class Toy {
 public:
  Toy(double x) : x_(nearest(x)) {}  // NOLINT(google-explicit-constructor)
  explicit operator double() const { return x_; }

  friend Toy operator+(Toy a, Toy b) { return a.x_ + b.x_; }
  friend Toy operator-(Toy a, Toy b) { return a.x_ - b.x_; }
  friend Toy operator*(Toy a, Toy b) { return a.x_ * b.x_; }
  friend Toy operator/(Toy a, Toy b) { return a.x_ / b.x_; }
  friend Toy operator-(Toy a) { return -a.x_; }
  friend bool operator<(Toy a, Toy b) { return a.x_ < b.x_; }
  friend Toy abs(Toy a) { return std::abs(a.x_); }
  friend Toy sqrt(Toy a) { return std::sqrt(a.x_); }
  friend Toy exp(Toy a) { return std::exp(a.x_); }
  friend Toy log(Toy a) { return std::log(a.x_); }
  friend Toy log1p(Toy a) { return std::log1p(a.x_); }
  friend Toy sin(Toy a) { return std::sin(a.x_); }
  friend Toy cos(Toy a) { return std::cos(a.x_); }
  friend Toy fma(Toy a, Toy b, Toy c) { return std::fma(a.x_, b.x_, c.x_); }

 private:
  static double nearest(double x) {
    if (!std::isfinite(x)) return x;
    int exponent = 0;
    const double fraction = std::frexp(x, &exponent);
    return std::ldexp(std::nearbyint(std::ldexp(fraction, 8)), exponent - 8);
  }

  double x_;
};

inline constexpr reference::FloatingPoint toy_format{{0x1p-8, 1}, 2, 2, 0x1p-1074, 0x1p1023};

}  // namespace sca::test
