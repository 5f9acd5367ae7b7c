#include "reference/linear_algebra.hpp"

#include <acb_mat.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "reference/arb.hpp"

namespace sca::reference {
namespace {

class AcbMatrix {
 public:
  AcbMatrix(std::size_t rows, std::size_t columns) {
    acb_mat_init(value_, static_cast<slong>(rows), static_cast<slong>(columns));
  }
  explicit AcbMatrix(const ComplexMatrix& a) : AcbMatrix(a.rows, a.columns) {
    for (std::size_t i = 0; i < a.rows; ++i) {
      for (std::size_t j = 0; j < a.columns; ++j) {
        set_arb(acb_realref(at(i, j)), a(i, j).re);
        set_arb(acb_imagref(at(i, j)), a(i, j).im);
      }
    }
  }
  ~AcbMatrix() { acb_mat_clear(value_); }
  AcbMatrix(const AcbMatrix&) = delete;
  AcbMatrix& operator=(const AcbMatrix&) = delete;

  acb_mat_struct* get() { return value_; }
  acb_ptr at(std::size_t i, std::size_t j) {
    return acb_mat_entry(value_, static_cast<slong>(i), static_cast<slong>(j));
  }
  ComplexMatrix to_matrix() {
    ComplexMatrix result(static_cast<std::size_t>(acb_mat_nrows(value_)),
                         static_cast<std::size_t>(acb_mat_ncols(value_)));
    for (std::size_t i = 0; i < result.rows; ++i) {
      for (std::size_t j = 0; j < result.columns; ++j) {
        result(i, j) = {from_arb(acb_realref(at(i, j))), from_arb(acb_imagref(at(i, j)))};
      }
    }
    return result;
  }

 private:
  acb_mat_t value_;
};

class AcbNumbers {
 public:
  explicit AcbNumbers(std::size_t n) : size_(static_cast<slong>(n)), values_(_acb_vec_init(size_)) {}
  ~AcbNumbers() { _acb_vec_clear(values_, size_); }
  AcbNumbers(const AcbNumbers&) = delete;
  AcbNumbers& operator=(const AcbNumbers&) = delete;
  acb_ptr get() { return values_; }

 private:
  slong size_;
  acb_ptr values_;
};

// A few bits over the caller's, so that Arb's own rounding does not show in the result.
slong guarded_bits() { return static_cast<slong>(working_bits()) + 32; }

void require(bool condition, const char* what) {
  if (!condition) throw std::invalid_argument(what);
}

Interval magnitude(const Complex<Interval>& z) { return sca::magnitude(abs(z)); }

// column[j] -= <column[i], column[j]> column[i] in midpoints.
void project_out(AcbMatrix& x, std::size_t n, std::size_t i, std::size_t j, acb_ptr scratch, slong bits) {
  acb_zero(scratch);
  for (std::size_t r = 0; r < n; ++r) {
    acb_conj(scratch + 1, x.at(r, i));
    acb_addmul(scratch, scratch + 1, x.at(r, j), bits);
  }
  acb_get_mid(scratch, scratch);
  for (std::size_t r = 0; r < n; ++r) {
    acb_submul(x.at(r, j), scratch, x.at(r, i), bits);
    acb_get_mid(x.at(r, j), x.at(r, j));
  }
}

void normalise(AcbMatrix& x, std::size_t n, std::size_t j, acb_ptr scratch, slong bits) {
  arb_ptr norm = acb_realref(scratch);
  arb_zero(norm);
  for (std::size_t r = 0; r < n; ++r) {
    arb_addmul(norm, acb_realref(x.at(r, j)), acb_realref(x.at(r, j)), bits);
    arb_addmul(norm, acb_imagref(x.at(r, j)), acb_imagref(x.at(r, j)), bits);
  }
  arb_rsqrt(norm, norm, bits);
  for (std::size_t r = 0; r < n; ++r) {
    acb_mul_arb(x.at(r, j), x.at(r, j), norm, bits);
    acb_get_mid(x.at(r, j), x.at(r, j));
  }
}

// Modified Gram–Schmidt, each column twice: the QR algorithm's eigenvectors of a multiple eigenvalue are a
// basis of its space, but not an orthonormal one. Nothing here needs to be rigorous.
void orthonormalise(AcbMatrix& x, std::size_t n, slong bits) {
  AcbNumbers scratch(2);
  for (std::size_t j = 0; j < n; ++j) {
    for (int pass = 0; pass < 2; ++pass) {
      normalise(x, n, j, scratch.get(), bits);
      for (std::size_t i = 0; i < j; ++i) project_out(x, n, i, j, scratch.get(), bits);
    }
    normalise(x, n, j, scratch.get(), bits);
  }
}

// max over rows of sum_j |(a - diag(centre))_ij|: bounds the spectral norm of a Hermitian matrix.
Interval distance_from_diagonal(const ComplexMatrix& a, const std::vector<Interval>& centre) {
  Interval worst(0);
  for (std::size_t i = 0; i < a.rows; ++i) {
    Interval row(0);
    for (std::size_t j = 0; j < a.columns; ++j) {
      row += i == j ? magnitude(Complex<Interval>{a(i, i).re - centre[i], Interval(0)}) : magnitude(a(i, j));
    }
    worst = larger(worst, row);
  }
  return sca::magnitude(worst);
}

std::vector<Interval> sorted_points(std::vector<Interval> points) {
  std::ranges::sort(points, [](const Interval& a, const Interval& b) { return certainly_less(a, b); });
  return points;
}

// X* a X = B and X* X = I + E. By Weyl |eig_i(B) - sorted diag(B)_i| <= |B - diag|; by Ostrowski
// eig_i(B) = theta_i eig_i(a) with |theta_i - 1| <= |E| < 1.
std::optional<std::vector<Interval>> enclose(AcbMatrix& a, AcbMatrix& x, std::size_t n) {
  const slong bits = guarded_bits();
  AcbMatrix adjoint_x(n, n);
  AcbMatrix work(n, n);
  acb_mat_conjugate_transpose(adjoint_x.get(), x.get());
  acb_mat_mul(work.get(), adjoint_x.get(), x.get(), bits);
  const Interval skew = distance_from_diagonal(work.to_matrix(), std::vector<Interval>(n, Interval(1)));
  if (!certainly_less(skew, Interval(1))) return std::nullopt;
  acb_mat_mul(work.get(), a.get(), x.get(), bits);
  acb_mat_mul(work.get(), adjoint_x.get(), work.get(), bits);
  const ComplexMatrix b = work.to_matrix();
  std::vector<Interval> centre;
  for (std::size_t i = 0; i < n; ++i) centre.push_back(midpoint(b(i, i).re));
  const Interval unit = Scalar<Interval>::unit_ball();
  const Interval radius = distance_from_diagonal(b, centre) * unit;
  const Interval theta = Interval(1) + skew * unit;
  std::vector<Interval> result;
  for (const Interval& middle : sorted_points(centre)) result.push_back((middle + radius) / theta);
  return result;
}

}  // namespace

ComplexMatrix adjoint(const ComplexMatrix& a) {
  ComplexMatrix result(a.columns, a.rows);
  for (std::size_t i = 0; i < a.rows; ++i) {
    for (std::size_t j = 0; j < a.columns; ++j) result(j, i) = conj(a(i, j));
  }
  return result;
}

ComplexMatrix product(const ComplexMatrix& a, const ComplexMatrix& b) {
  require(a.columns == b.rows, "product: a.columns differs from b.rows");
  AcbMatrix left(a);
  AcbMatrix right(b);
  AcbMatrix result(a.rows, b.columns);
  acb_mat_mul(result.get(), left.get(), right.get(), guarded_bits());
  return result.to_matrix();
}

Complex<Interval> determinant(const ComplexMatrix& a) {
  require(a.rows == a.columns, "determinant: the matrix is not square");
  AcbMatrix matrix(a);
  AcbNumbers result(1);
  acb_mat_det(result.get(), matrix.get(), guarded_bits());
  return {from_arb(acb_realref(result.get())), from_arb(acb_imagref(result.get()))};
}

std::optional<ComplexMatrix> inverse(const ComplexMatrix& a) {
  require(a.rows == a.columns, "inverse: the matrix is not square");
  AcbMatrix matrix(a);
  AcbMatrix result(a.rows, a.rows);
  if (acb_mat_inv(result.get(), matrix.get(), guarded_bits()) == 0) return std::nullopt;
  return result.to_matrix();
}

std::optional<Interval> inverse_norm(const ComplexMatrix& a) {
  const auto inverse = reference::inverse(a);
  if (!inverse) return std::nullopt;
  Interval worst(0);
  for (std::size_t k = 0; k < a.rows; ++k) {
    Interval sum(0);
    for (std::size_t n = 0; n < a.rows; ++n) sum += abs((*inverse)(n, k));
    worst = larger(worst, sum);
  }
  return worst;
}

std::optional<std::vector<Interval>> hermitian_eigenvalues(const ComplexMatrix& a) {
  require(a.rows == a.columns, "hermitian_eigenvalues: the matrix is not square");
  const std::size_t n = a.rows;
  if (n == 0) return std::vector<Interval>{};
  AcbMatrix matrix(a);
  if (!acb_mat_is_finite(matrix.get())) return std::nullopt;
  AcbMatrix midpoints(n, n);
  acb_mat_get_mid(midpoints.get(), matrix.get());
  AcbMatrix vectors(n, n);
  AcbNumbers values(n);
  acb_mat_approx_eig_qr(values.get(), nullptr, vectors.get(), midpoints.get(), nullptr, 0, guarded_bits());
  orthonormalise(vectors, n, guarded_bits());
  if (!acb_mat_is_finite(vectors.get())) return std::nullopt;
  return enclose(matrix, vectors, n);
}

std::optional<std::vector<Interval>> singular_values(const ComplexMatrix& a) {
  const ComplexMatrix other = adjoint(a);
  auto squares = hermitian_eigenvalues(a.rows <= a.columns ? product(a, other) : product(other, a));
  if (!squares) return std::nullopt;
  std::ranges::reverse(*squares);
  for (Interval& x : *squares) x = sqrt(larger(x, Interval(0)));
  return squares;
}

}  // namespace sca::reference
