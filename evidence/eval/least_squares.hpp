#pragma once

#include <functional>
#include <optional>

#include "evidence/eval/reduction.hpp"
#include "evidence/eval/value.hpp"
#include "reference/linear_algebra.hpp"

namespace sca::evidence::eval {

/// The singular values of a matrix, and the minimal least-squares solution of matrix u = alpha.
///
/// error    the core of the reduction must have full rank, and be seen to have it at this precision;
///          otherwise what depends on it is `undecided`
struct LeastSquares {
  List singular_values;         // descending, min(rows, columns); exact zeros are exact
  Value condition = undecided;  // largest over smallest, "inf" if that is exactly zero
  Value residual = undecided;   // |matrix u - alpha|_2, "exact_zero" if it is
  std::optional<std::vector<Complex<Interval>>> solution;  // u
};

/// shape    entry(k, c) of the matrix for k < rows.group.size(), c < columns.group.size(); alpha [rows]
/// source   Moore–Penrose: with P^, Q^ orthonormal, matrix = P^ C Q^T and u = Q^ C^+ P^T alpha
LeastSquares least_squares(const Reduction& reduction,
                           const std::function<Complex<Interval>(std::size_t, std::size_t)>& entry,
                           const std::vector<Rational>& alpha);

}  // namespace sca::evidence::eval
