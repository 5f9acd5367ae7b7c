#pragma once

#include <cstdint>

namespace sca::kernels::fast {

/// Element (i, j) is data[i * row + j * column]; one of the two is 1.
struct Matrix {
  Matrix transposed() const { return {data, column, row}; }
  Matrix from(std::int64_t i, std::int64_t j) const { return {data + i * row + j * column, row, column}; }

  const float* data;
  std::int64_t row, column;
};

/// c = a b, or c + a b where it `adds`: of `count` products, whose matrices lie steps apart.
struct Product {
  std::int64_t count;
  std::int64_t m, n, k;
  Matrix a;  // [m, k]
  Matrix b;  // [k, n]
  float* c;  // [m, n], its rows c_row apart
  std::int64_t c_row;
  std::int64_t a_step, b_step, c_step;
  bool adds;
  std::int32_t threads;
};

/// Part of one product's result.
struct Block {
  std::int64_t product;
  std::int64_t row, rows;
  std::int64_t column, columns;
};

/// How products are cut into blocks: along the longer side, since all of the other side's matrix has to be
/// packed for every block; into so many that no thread is without one. Cuts are at multiples of `granule`.
class Cut {
 public:
  Cut(const Product& product, std::int64_t granule);

  std::int64_t blocks() const { return product_.count * pieces_; }
  Block operator[](std::int64_t i) const;

 private:
  const Product& product_;
  bool by_rows_;
  std::int64_t granule_, granules_, pieces_;
};

}  // namespace sca::kernels::fast
