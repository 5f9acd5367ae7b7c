#pragma once

#include <cstdint>

namespace sca::kernels::cuda {

/// Row-major matrices on the device, one after the other.
struct Factors {
  const float* first;
  std::int64_t pitch;  // elements between rows
  std::int64_t step;   // elements between matrices
  bool is_transposed;  // as stored; what is multiplied is its transpose
};

/// c_i = a_i b_i, or c_i += a_i b_i where it `adds`, for i < count; then + bias in every row.
///
/// shape    a_i [rows, inner], b_i [inner, columns], c_i [rows, columns]; bias [columns], null: none
/// domain   any size may be 0; without `inner` the product is 0. c overlaps nothing else
struct Product {
  std::int64_t count, rows, columns, inner;
  Factors a, b;
  float* c;
  std::int64_t c_pitch, c_step;
  bool adds;
  const float* bias;
};

/// Multiplies matrices of float32: products and sums of float32 in any order, nothing narrower.
class Products {
 public:
  Products() = default;
  virtual ~Products() = default;
  Products(const Products&) = delete;
  Products& operator=(const Products&) = delete;

  /// In the order of the calls, and of the launches beside them.
  /// errors   Fault
  virtual void multiply(const Product& product) = 0;
};

}  // namespace sca::kernels::cuda
