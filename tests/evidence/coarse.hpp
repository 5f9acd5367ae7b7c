#pragma once

#include <cmath>

#include "reference/floating_point.hpp"

namespace sca::test {

/// Double, or of every operation the result rounded to 24 bits: as if one block were evaluated in another
/// arithmetic, its inputs and parameters being what they are.
class Coarse {
 public:
  static inline bool is_coarse = false;

  Coarse(double x) : x_(x) {}  // NOLINT(google-explicit-constructor)
  explicit operator double() const { return x_; }

  friend Coarse operator+(Coarse a, Coarse b) { return rounded(a.x_ + b.x_); }
  friend Coarse operator-(Coarse a, Coarse b) { return rounded(a.x_ - b.x_); }
  friend Coarse operator*(Coarse a, Coarse b) { return rounded(a.x_ * b.x_); }
  friend Coarse operator/(Coarse a, Coarse b) { return rounded(a.x_ / b.x_); }
  friend Coarse operator-(Coarse a) { return -a.x_; }
  Coarse& operator+=(Coarse b) { return *this = *this + b; }
  Coarse& operator-=(Coarse b) { return *this = *this - b; }
  Coarse& operator*=(Coarse b) { return *this = *this * b; }
  friend bool operator<(Coarse a, Coarse b) { return a.x_ < b.x_; }
  friend Coarse abs(Coarse a) { return std::abs(a.x_); }
  friend Coarse sqrt(Coarse a) { return rounded(std::sqrt(a.x_)); }
  friend Coarse exp(Coarse a) { return rounded(std::exp(a.x_)); }
  friend Coarse log(Coarse a) { return rounded(std::log(a.x_)); }
  friend Coarse log1p(Coarse a) { return rounded(std::log1p(a.x_)); }
  friend Coarse sin(Coarse a) { return rounded(std::sin(a.x_)); }
  friend Coarse cos(Coarse a) { return rounded(std::cos(a.x_)); }

 private:
  static Coarse rounded(double x) { return is_coarse ? static_cast<double>(static_cast<float>(x)) : x; }

  double x_;
};
/// Twice 2^-24, because double rounds before.
inline constexpr reference::FloatingPoint coarse{{0x1p-23, 1}, 2, 2, 0x1p-149, 0x1p127};

}  // namespace sca::test
