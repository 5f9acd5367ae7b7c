#pragma once

#include <string>
#include <vector>

#include "evidence/finding.hpp"
#include "reference/linear_algebra.hpp"

namespace sca::proofs {

/// The exact value of a plain decimal such as "-.97665".
Rational decimal(const std::string& text);
std::vector<Rational> decimals(const std::vector<std::string>& texts);

/// A rational in [-2, 2) from an integer hash: the same on every machine.
Rational hashed(unsigned seed, unsigned index);
std::vector<Rational> hashed_list(unsigned seed, std::size_t n);

/// At the thread's current precision.
std::vector<Interval> enclose(const std::vector<Rational>& values);

/// n!.
Interval factorial(std::size_t n);

/// "(1/2, -3)".
std::string show(const std::vector<Rational>& values);

/// shape    entries [rows, columns], row-major
reference::ComplexMatrix as_matrix(std::size_t rows, std::size_t columns,
                                   const std::vector<Interval>& entries);
reference::ComplexMatrix as_matrix(std::size_t rows, std::size_t columns,
                                   const std::vector<Complex<Interval>>& entries);

/// rows x columns of `a`, picked by index.
reference::ComplexMatrix submatrix(const reference::ComplexMatrix& a, const std::vector<std::size_t>& rows,
                                   const std::vector<std::size_t>& columns);

/// M nodes and t tokens in d dimensions, for the claims on ranks.
struct RankCase {
  std::size_t d, points, tokens;
};

/// 0, 1, …, n - 1.
std::vector<std::size_t> first_indices(std::size_t n);

/// Decides rank a = r. At least r: the leading r x r minor is not 0 (certainly false where the size forbids
/// it). At most r: by size, or else refuted by the leading minor of r + 1; it is left unknown where that
/// minor vanishes.
evidence::Findings rank_is(const std::string& what, const reference::ComplexMatrix& a, std::size_t r);

}  // namespace sca::proofs
