#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "kernels/cuda/products.hpp"

namespace sca::kernels::cuda::test {

/// Small integers, in memory that begins at a multiple of 256; NaN wherever no matrix is.
struct Batch {
  std::int64_t count, rows, columns, pitch, step;
  std::vector<float> memory;
  std::size_t start;

  Batch(std::int64_t count_, std::int64_t rows_, std::int64_t columns_, std::int64_t padding,
        std::size_t offset)
      : count(count_),
        rows(rows_),
        columns(columns_),
        pitch(columns + padding),
        step(rows * pitch + 2 * padding),
        memory(static_cast<std::size_t>(count * step) + offset + 70, std::numeric_limits<float>::quiet_NaN()),
        start(offset + (256 - reinterpret_cast<std::uintptr_t>(memory.data()) % 256) / sizeof(float)) {
    for (std::int64_t i = 0; i < count * rows * columns; ++i) {
      const auto hash = (static_cast<std::uint64_t>(i) + 977 * offset + 1) * 0x9e3779b97f4a7c15U;
      at(i / (rows * columns), i / columns % rows, i % columns) = static_cast<float>(hash >> 60) - 8;
    }
  }
  float* first() { return memory.data() + start; }
  float& at(std::int64_t which, std::int64_t row, std::int64_t column) {
    return first()[which * step + row * pitch + column];
  }
};

struct Case {
  std::int64_t count = 3, rows = 2, columns = 3, inner = 4, padding = 0;
  bool has_a_transposed = false, has_b_transposed = false, adds = false, has_bias = false;
  std::size_t offset_a = 1, offset_b = 2, offset_c = 3;
};

/// A product's matrices, and what must come of them by a plain loop.
struct Operands {
  Case of;
  Batch a, b, c, bias;

  explicit Operands(const Case& s)
      : of(s),
        a(s.count, s.has_a_transposed ? s.inner : s.rows, s.has_a_transposed ? s.rows : s.inner, s.padding,
          s.offset_a),
        b(s.count, s.has_b_transposed ? s.columns : s.inner, s.has_b_transposed ? s.inner : s.columns,
          2 * s.padding, s.offset_b),
        c(s.count, s.rows, s.columns, 3 * s.padding, s.offset_c),
        bias(1, 1, s.columns, 0, 4) {
    if (!s.adds) c.memory.assign(c.memory.size(), std::numeric_limits<float>::quiet_NaN());
  }
  Product product() {
    return {of.count,
            of.rows,
            of.columns,
            of.inner,
            {a.first(), a.pitch, a.step, of.has_a_transposed},
            {b.first(), b.pitch, b.step, of.has_b_transposed},
            c.first(),
            c.pitch,
            c.step,
            of.adds,
            of.has_bias ? bias.first() : nullptr};
  }
  Batch expected() {
    Batch all = c;
    for (std::int64_t n = 0; n < of.count; ++n) {
      for (std::int64_t i = 0; i < of.rows; ++i) {
        for (std::int64_t j = 0; j < of.columns; ++j) {
          float sum = of.adds ? c.at(n, i, j) : 0;
          for (std::int64_t k = 0; k < of.inner; ++k)
            sum += (of.has_a_transposed ? a.at(n, k, i) : a.at(n, i, k)) *
                   (of.has_b_transposed ? b.at(n, j, k) : b.at(n, k, j));
          all.at(n, i, j) = of.has_bias ? sum + bias.at(0, 0, j) : sum;
        }
      }
    }
    return all;
  }
};

/// Everything, padding too.
inline bool are_same(const Batch& x, const Batch& y) {
  return std::memcmp(x.memory.data(), y.memory.data(), x.memory.size() * sizeof(float)) == 0;
}

}  // namespace sca::kernels::cuda::test
