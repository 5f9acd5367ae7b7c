#include "kernels/cuda/host/products.hpp"

#include <vector>

namespace sca::kernels::cuda {
namespace {

struct Matrix {
  std::int64_t rows, columns;
  std::vector<float> numbers;

  Matrix(std::int64_t r, std::int64_t c) : rows(r), columns(c), numbers(static_cast<std::size_t>(r * c)) {}
  float* row(std::int64_t i) { return numbers.data() + i * columns; }
  const float& operator()(std::int64_t i, std::int64_t j) const {
    return numbers[static_cast<std::size_t>(i * columns + j)];
  }
};

/// Row by row: what lies between them may be nobody's.
Matrix downloaded(const Runner& runner, const float* from, std::int64_t pitch, std::int64_t rows,
                  std::int64_t columns) {
  Matrix m(rows, columns);
  for (std::int64_t i = 0; i < rows; ++i)
    runner.download(m.row(i), from + i * pitch, static_cast<std::size_t>(columns) * sizeof(float));
  return m;
}

Matrix transpose(const Matrix& m) {
  Matrix t(m.columns, m.rows);
  for (std::int64_t i = 0; i < m.rows; ++i)
    for (std::int64_t j = 0; j < m.columns; ++j) t.row(j)[i] = m(i, j);
  return t;
}

/// Factor i, as it is multiplied.
Matrix factor(const Runner& runner, const Factors& all, std::int64_t i, std::int64_t rows,
              std::int64_t columns) {
  const float* const from = all.first + i * all.step;
  return all.is_transposed ? transpose(downloaded(runner, from, all.pitch, columns, rows))
                           : downloaded(runner, from, all.pitch, rows, columns);
}

}  // namespace

void PlainProducts::multiply(const Product& p) {
  const Matrix bias = p.bias == nullptr ? Matrix(1, p.columns) : downloaded(runner_, p.bias, 0, 1, p.columns);
  for (std::int64_t i = 0; i < p.count; ++i) {
    const Matrix a = factor(runner_, p.a, i, p.rows, p.inner);
    const Matrix b = factor(runner_, p.b, i, p.inner, p.columns);
    float* const to = p.c + i * p.c_step;
    Matrix c = p.adds ? downloaded(runner_, to, p.c_pitch, p.rows, p.columns) : Matrix(p.rows, p.columns);
    for (std::int64_t r = 0; r < p.rows; ++r) {
      for (std::int64_t j = 0; j < p.columns; ++j) {
        float sum = 0;
        for (std::int64_t k = 0; k < p.inner; ++k) sum += a(r, k) * b(k, j);
        c.row(r)[j] += sum + bias(0, j);
      }
      runner_.upload(to + r * p.c_pitch, c.row(r), static_cast<std::size_t>(p.columns) * sizeof(float));
    }
  }
}

}  // namespace sca::kernels::cuda
