#pragma once

#include <cstddef>
#include <vector>

#include "reference/upper.hpp"

namespace sca::reference {

/// A real matrix, each entry within its radius of its middle. Row-major.
///
/// domain   middles are rounded to nearest, and the radii have what that may cost. A radius that is infinite
///          or NaN: nothing is known of the entry
struct BallMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> middle;
  std::vector<double> radius;

  static BallMatrix zeros(std::size_t rows, std::size_t columns);
  static BallMatrix identity(std::size_t n);
  /// Columns first … first + count - 1.
  BallMatrix slice(std::size_t first, std::size_t count) const;
};

// Every result encloses the exact one for all matrices in the operands, whose shapes must fit.
BallMatrix operator+(const BallMatrix& a, const BallMatrix& b);
BallMatrix operator*(const BallMatrix& a, const BallMatrix& b);
/// Bounds of |a v| for every v with |v_j| <= bounds_j.
std::vector<Upper> image(const BallMatrix& a, const std::vector<Upper>& bounds);

/// An upper bound of a number of which `computed` is what double made, to nearest, of additions and products
/// of nonnegative numbers, none of which passed more than 2^36 roundings: each takes a factor 1 - 2^-53 at
/// most, where none underflows.
inline Upper settled(double computed) { return Upper(computed) * Upper(1 + 0x1p-16); }

/// Added to a computed sum of products, more than underflow may have taken from it; next to nothing
/// otherwise. Products of two of them do not underflow.
inline constexpr double underflow_allowance = 0x1p-500;

}  // namespace sca::reference
