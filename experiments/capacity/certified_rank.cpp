#include "experiments/capacity/certified_rank.hpp"

#include <Eigen/LU>

#include <algorithm>

namespace sca::experiments::capacity {
namespace {

using reference::ComplexMatrix;

double middle(const Interval& x) { return (lower_double(x) + upper_double(x)) / 2; }

struct Indices {
  std::vector<std::size_t> rows, columns;
};

/// Of a minor of size r that complete pivoting found large.
Indices pivots(const ComplexMatrix& a, std::size_t r) {
  using Eigen::Index;
  Eigen::MatrixXcd approximate(static_cast<Index>(a.rows), static_cast<Index>(a.columns));
  for (std::size_t i = 0; i < a.rows; ++i) {
    for (std::size_t j = 0; j < a.columns; ++j)
      approximate(static_cast<Index>(i), static_cast<Index>(j)) = {middle(a(i, j).re), middle(a(i, j).im)};
  }
  const Eigen::FullPivLU<Eigen::MatrixXcd> lu(approximate);
  Indices result;
  for (std::size_t i = 0; i < a.rows; ++i) {
    if (static_cast<std::size_t>(lu.permutationP().indices()[static_cast<Index>(i)]) < r)
      result.rows.push_back(i);
  }
  for (std::size_t j = 0; j < r; ++j)
    result.columns.push_back(static_cast<std::size_t>(lu.permutationQ().indices()[static_cast<Index>(j)]));
  return result;
}

}  // namespace

std::optional<std::size_t> certified_full_rank(const ComplexMatrix& a) {
  const std::size_t r = std::min(a.rows, a.columns);
  const auto [rows, columns] = pivots(a, r);
  ComplexMatrix minor(r, r);
  for (std::size_t i = 0; i < r; ++i) {
    for (std::size_t j = 0; j < r; ++j) minor(i, j) = a(rows[i], columns[j]);
  }
  if (contains_zero(norm(reference::determinant(minor)))) return std::nullopt;
  return r;
}

}  // namespace sca::experiments::capacity
