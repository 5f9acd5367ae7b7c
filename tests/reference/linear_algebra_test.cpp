#include "reference/linear_algebra.hpp"

#include <stdexcept>

#include "tests/reference/enclosure.hpp"

namespace sca::reference {
namespace {

using sca::test::expect_encloses;

Complex<Interval> real(const Interval& x) { return {x, Interval(0)}; }
Interval integer(std::size_t n) { return Interval(static_cast<unsigned long>(n)); }

// 2 on the diagonal, -1 beside it: eigenvalues 2 - 2 cos(k pi/(n+1)).
ComplexMatrix laplacian(std::size_t n) {
  ComplexMatrix a(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    a(i, i) = real(Interval(2));
    if (i > 0) a(i, i - 1) = a(i - 1, i) = real(Interval(-1));
  }
  return a;
}

ComplexMatrix hilbert(std::size_t n) {
  ComplexMatrix a(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) a(i, j) = real(Interval(1) / integer(i + j + 1));
  }
  return a;
}

ComplexMatrix fourier(std::size_t rows, std::size_t n) {
  ComplexMatrix a(rows, n);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      a(i, j) = expi(Interval(Interval(2) * pi<Interval>() * integer(i * j) / integer(n)));
    }
  }
  return a;
}

TEST(LinearAlgebra, LaplacianEigenvaluesAscend) {
  const PrecisionScope scope(256);
  const std::size_t n = 12;
  const auto values = hermitian_eigenvalues(laplacian(n));
  ASSERT_TRUE(values);
  ASSERT_EQ(values->size(), n);
  for (std::size_t k = 1; k <= n; ++k) {
    const Interval angle = integer(k) * pi<Interval>() / integer(n + 1);
    expect_encloses((*values)[k - 1], Interval(2) - Interval(2) * cos(angle), 70);
  }
}

TEST(LinearAlgebra, HilbertDeterminantIsOneOverAnInteger) {
  const PrecisionScope scope(256);
  // OEIS A005249.
  const std::vector<std::string> inverse_determinants = {"1",       "12",           "2160",
                                                         "6048000", "266716800000", "186313420339200000"};
  for (std::size_t n = 1; n <= inverse_determinants.size(); ++n) {
    const Complex<Interval> value = determinant(hilbert(n));
    const Interval expected = to_interval(Rational("1/" + inverse_determinants[n - 1]));
    expect_encloses(value.re / expected, Interval(1), 55);
    expect_encloses(value.im, Interval(0), 70);
  }
  expect_encloses(determinant(ComplexMatrix(0, 0)).re, Interval(1), 70);
}

TEST(LinearAlgebra, HilbertInverseIsIntegral) {
  const PrecisionScope scope(256);
  const auto value = inverse(hilbert(3));
  ASSERT_TRUE(value);
  const int expected[3][3] = {{9, -36, 30}, {-36, 192, -180}, {30, -180, 180}};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) expect_encloses((*value)(i, j).re, Interval(expected[i][j]), 65);
  }
}

TEST(LinearAlgebra, InverseNormIsTheLargestColumnSum) {
  const PrecisionScope scope(256);
  // The inverse of Hilbert's matrix has the columns (9, -36, 30), (-36, 192, -180) and (30, -180, 180).
  expect_encloses(inverse_norm(hilbert(3)).value(), Interval(408), 65);
  ComplexMatrix shear(3, 3);  // columns of the inverse: 1, 2, 2; rows: 3, 1, 1
  for (std::size_t i = 0; i < 3; ++i) shear(i, i) = shear(0, i) = real(Interval(1));
  expect_encloses(inverse_norm(shear).value(), Interval(2), 65);
}

TEST(LinearAlgebra, FourierMatrixHasOneMultipleSingularValue) {
  const PrecisionScope scope(256);
  for (const std::size_t rows : {3u, 7u}) {
    const auto values = singular_values(fourier(rows, 7));
    ASSERT_TRUE(values);
    ASSERT_EQ(values->size(), rows);
    for (const Interval& x : *values) expect_encloses(x, sqrt(Interval(7)), 65);
    EXPECT_EQ(singular_values(adjoint(fourier(rows, 7)))->size(), rows);
  }
}

TEST(LinearAlgebra, MultipleEigenvaluesBesideSimpleOnes) {
  const PrecisionScope scope(256);
  const std::size_t n = 9;
  // I + v v* with v = (1, i, 1, i, …): 1 eight times, and 1 + n.
  ComplexMatrix a(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const int turn = static_cast<int>(i % 2) - static_cast<int>(j % 2);
      a(i, j) = {Interval(turn == 0 ? 1 : 0), Interval(turn)};
      if (i == j) a(i, j) = real(Interval(2));
    }
  }
  const auto values = hermitian_eigenvalues(a);
  ASSERT_TRUE(values);
  for (std::size_t i = 0; i + 1 < n; ++i) expect_encloses((*values)[i], Interval(1), 70);
  expect_encloses(values->back(), integer(n + 1), 70);
}

TEST(LinearAlgebra, NearlyMultipleEigenvaluesKeepTheirDigits) {
  const PrecisionScope scope(256);
  // 1 + eps^2 and 1 - eps^2 beside 3: a cluster far tighter than double precision sees.
  const Interval gap = Interval(1) / power(Interval(10), 60);
  ComplexMatrix a(3, 3);
  for (std::size_t i = 0; i < 3; ++i) a(i, i) = real(Interval(i == 2 ? 3 : 1));
  a(0, 1) = {Interval(0), gap};
  a(1, 0) = {Interval(0), -gap};
  const auto values = hermitian_eigenvalues(a);
  ASSERT_TRUE(values);
  expect_encloses((*values)[0], Interval(1) - gap, 74);
  expect_encloses((*values)[1], Interval(1) + gap, 74);
  EXPECT_TRUE(certainly_less((*values)[0], (*values)[1]));
  expect_encloses((*values)[2], Interval(3), 70);
}

TEST(LinearAlgebra, ExtremeEigenvaluesOfTheHilbertMatrix) {
  const PrecisionScope scope(256);
  // n = 2: (4 ± sqrt(13))/6.
  const auto values = hermitian_eigenvalues(hilbert(2));
  ASSERT_TRUE(values);
  expect_encloses((*values)[0], (Interval(4) - sqrt(Interval(13))) / Interval(6), 70);
  expect_encloses((*values)[1], (Interval(4) + sqrt(Interval(13))) / Interval(6), 70);
}

TEST(LinearAlgebra, EnclosesEveryMatrixInTheInput) {
  const PrecisionScope scope(256);
  // [[0, x], [x, 0]] with x in [1, 2]: eigenvalues ± x.
  ComplexMatrix a(2, 2);
  a(0, 1) = a(1, 0) = real(hull(Interval(1), Interval(2)));
  const auto values = hermitian_eigenvalues(a);
  ASSERT_TRUE(values);
  for (const Interval& x : {Interval(1), Interval(2)}) {
    EXPECT_TRUE(contains_zero((*values)[0] + x));
    EXPECT_TRUE(contains_zero((*values)[1] - x));
  }
}

TEST(LinearAlgebra, RankDeficiency) {
  const PrecisionScope scope(256);
  ComplexMatrix a(2, 3);
  for (std::size_t j = 0; j < 3; ++j) a(0, j) = a(1, j) = expi(integer(j));
  const auto values = singular_values(a);
  ASSERT_TRUE(values);
  expect_encloses((*values)[0], sqrt(Interval(6)), 70);
  expect_encloses((*values)[1], Interval(0), 35);
  EXPECT_TRUE(certainly_at_most(Interval(0), (*values)[1]));

  ComplexMatrix defective(2, 2);  // a Jordan block: one eigenvalue, singular values the golden ratio's
  defective(0, 0) = defective(0, 1) = defective(1, 1) = real(Interval(1));
  const auto golden = singular_values(defective);
  ASSERT_TRUE(golden);
  expect_encloses((*golden)[0], (Interval(1) + sqrt(Interval(5))) / Interval(2), 70);
  expect_encloses((*golden)[1], (sqrt(Interval(5)) - Interval(1)) / Interval(2), 70);

  ComplexMatrix singular(2, 2);
  for (auto& entry : singular.entries) entry = real(Interval(1));
  EXPECT_FALSE(inverse(singular));
}

TEST(LinearAlgebra, ZeroAndEmptyMatrices) {
  const PrecisionScope scope(128);
  const auto zero = hermitian_eigenvalues(ComplexMatrix(3, 3));
  ASSERT_TRUE(zero);
  for (const Interval& x : *zero) expect_encloses(x, Interval(0), 35);
  EXPECT_TRUE(hermitian_eigenvalues(ComplexMatrix(0, 0))->empty());
  EXPECT_TRUE(singular_values(ComplexMatrix(0, 4))->empty());
}

TEST(LinearAlgebra, ShapesThatDoNotFit) {
  EXPECT_THROW(product(ComplexMatrix(2, 3), ComplexMatrix(2, 3)), std::invalid_argument);
  EXPECT_THROW(determinant(ComplexMatrix(2, 3)), std::invalid_argument);
  EXPECT_THROW(inverse(ComplexMatrix(2, 3)), std::invalid_argument);
  EXPECT_THROW(hermitian_eigenvalues(ComplexMatrix(2, 3)), std::invalid_argument);
}

}  // namespace
}  // namespace sca::reference
