#pragma once

#include <cstdint>

namespace sca::kernels::fast {

/// Element (i, j) is data[i * row + j * column]; one of the two is 1.
template <class Element>
struct Matrix {
  Matrix transposed() const { return {data, column, row}; }
  Matrix from(std::int64_t i, std::int64_t j) const { return behind(i * row + j * column); }
  Matrix behind(std::int64_t elements) const { return {data + elements, row, column}; }

  const Element* data;
  std::int64_t row, column;
};

/// Of `count` products [m, k] [k, n].
struct ProductSizes {
  std::int64_t count, m, n, k;
};

/// c = a b, or c + a b where it `adds`. The matrices of several products lie steps apart.
template <class Element>
struct Product {
  ProductSizes sizes;
  Matrix<float> a;    // [m, k]
  Matrix<Element> b;  // [k, n]
  float* c;           // [m, n], its rows c_row apart
  std::int64_t c_row;
  std::int64_t a_step = 0;
  std::int64_t b_step = 0;
  std::int64_t c_step = 0;
  bool adds;
  std::int32_t threads;
};

/// Part of one product's result.
struct Block {
  std::int64_t product;
  std::int64_t row, rows;
  std::int64_t column, columns;
};

struct TileSizes {
  std::int64_t rows, columns;
};

/// How products are cut into blocks of whole tiles: along the longer side, since all of the other side's
/// matrix has to be packed for every block; into so many that no thread is without one.
class Cut {
 public:
  Cut(const ProductSizes& sizes, std::int32_t threads, const TileSizes& tile);

  std::int64_t blocks() const { return sizes_.count * pieces_; }
  Block operator[](std::int64_t i) const;

 private:
  ProductSizes sizes_;
  bool by_rows_;
  std::int64_t granule_, granules_, pieces_;
};

}  // namespace sca::kernels::fast
