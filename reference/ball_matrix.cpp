#include "reference/ball_matrix.hpp"

#include <Eigen/Core>
#include <cmath>

namespace sca::reference {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::Map<const Matrix> view(const BallMatrix& a, const std::vector<double>& entries) {
  return {entries.data(), static_cast<Eigen::Index>(a.rows), static_cast<Eigen::Index>(a.columns)};
}

}  // namespace

BallMatrix BallMatrix::zeros(std::size_t rows, std::size_t columns) {
  const std::vector<double> none(rows * columns, 0);
  return {rows, columns, none, none};
}

BallMatrix BallMatrix::identity(std::size_t n) {
  BallMatrix result = zeros(n, n);
  for (std::size_t i = 0; i < n; ++i) result.middle[i * n + i] = 1;
  return result;
}

BallMatrix BallMatrix::slice(std::size_t first, std::size_t count) const {
  BallMatrix result = zeros(rows, count);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      result.middle[i * count + j] = middle[i * columns + first + j];
      result.radius[i * count + j] = radius[i * columns + first + j];
    }
  }
  return result;
}

BallMatrix operator+(const BallMatrix& a, const BallMatrix& b) {
  BallMatrix sum = a;
  for (std::size_t i = 0; i < sum.middle.size(); ++i) {
    sum.middle[i] += b.middle[i];
    const Upper rounded = Upper(std::abs(sum.middle[i])) * Upper(0x1p-53);
    sum.radius[i] = (rounded + Upper(a.radius[i]) + Upper(b.radius[i])).bound();
  }
  return sum;
}

/// An inner product of n terms errs by at most n u sum |a_i b_i|, in whatever order and fused or not
/// (BoundRules::summation); what underflows is added.
BallMatrix operator*(const BallMatrix& a, const BallMatrix& b) {
  BallMatrix product = BallMatrix::zeros(a.rows, b.columns);
  const double rounding = static_cast<double>(a.columns + 1) * 0x1p-53;
  const Matrix size = view(b, b.middle).cwiseAbs();
  const Matrix apart = (view(b, b.radius) + rounding * size).array() + underflow_allowance;
  const Matrix middle = view(a, a.middle) * view(b, b.middle);
  Matrix radius = view(a, a.middle).cwiseAbs() * apart;
  radius += view(a, a.radius) * (size + view(b, b.radius));
  const double allowance = static_cast<double>(a.columns + 1) * underflow_allowance;
  for (std::size_t i = 0; i < product.middle.size(); ++i) {
    product.middle[i] = middle.data()[i];
    product.radius[i] = settled(radius.data()[i] + allowance).bound();
  }
  return product;
}

std::vector<Upper> image(const BallMatrix& a, const std::vector<Upper>& bounds) {
  std::vector<Upper> result;
  for (std::size_t i = 0; i < a.rows; ++i) {
    Upper sum;
    for (std::size_t j = 0; j < a.columns; ++j) {
      const std::size_t at = i * a.columns + j;
      sum = sum + (Upper(std::abs(a.middle[at])) + Upper(a.radius[at])) * bounds[j];
    }
    result.push_back(sum);
  }
  return result;
}

}  // namespace sca::reference
