#pragma once

#include <optional>
#include <vector>

#include "reference/interval.hpp"
#include "theory/complex.hpp"

namespace sca::reference {

/// shape    [rows, columns], row-major
struct ComplexMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<Complex<Interval>> entries;

  ComplexMatrix(std::size_t r, std::size_t c) : rows(r), columns(c), entries(r * c) {}
  Complex<Interval>& operator()(std::size_t i, std::size_t j) { return entries[i * columns + j]; }
  const Complex<Interval>& operator()(std::size_t i, std::size_t j) const { return entries[i * columns + j]; }
};

// Rigorous linear algebra by FLINT/Arb at the thread's precision: every result encloses the exact one for
// every matrix in the input (for `hermitian_eigenvalues`: for every Hermitian matrix in it).

/// The conjugate transpose.
ComplexMatrix adjoint(const ComplexMatrix& a);
/// a b; std::invalid_argument unless a.columns = b.rows.
ComplexMatrix product(const ComplexMatrix& a, const ComplexMatrix& b);
/// det a; 1 for a 0 x 0 matrix; std::invalid_argument unless square.
Complex<Interval> determinant(const ComplexMatrix& a);
/// Nothing where the matrix could not be proved invertible at this precision.
std::optional<ComplexMatrix> inverse(const ComplexMatrix& a);
/// ||a^-1||_1, the largest column sum of moduli: what an error of the coefficients is multiplied by. Nothing
/// as above.
std::optional<Interval> inverse_norm(const ComplexMatrix& a);

/// Eigenvalues of a Hermitian matrix, ascending; multiple ones allowed. Nothing where they could not be
/// enclosed.
///
/// error    half width about n (|a| 2^-bits + width of a's entries), for simple and multiple ones alike;
///          absolute, so that an eigenvalue far below |a| keeps fewer relative digits
/// source   approximate eigenvectors X, then Weyl's inequality for X* a X and Ostrowski's theorem for X
std::optional<std::vector<Interval>> hermitian_eigenvalues(const ComplexMatrix& a);

/// Singular values, descending; min(rows, columns) of them. Their lower ends are >= 0.
///
/// error    as for the eigenvalues of the smaller Gram matrix, of which they are the square roots
std::optional<std::vector<Interval>> singular_values(const ComplexMatrix& a);

}  // namespace sca::reference
