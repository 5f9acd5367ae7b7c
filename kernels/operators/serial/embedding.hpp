#pragma once

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

template <class Real, class Stored = Real>
void embedding(const EmbeddingForward<Real, Stored>& call) {
  for (std::int64_t i = 0; i < call.rows; ++i) {
    const Stored* row = call.table + call.ids[i] * call.width;
    for (std::int64_t j = 0; j < call.width; ++j) call.x[i * call.width + j] = load(row[j]);
  }
}

template <class Real>
void embedding_backward(const EmbeddingBackward<Real>& call) {
  for (std::int64_t i = 0; i < call.rows; ++i) {
    Real* by_row = call.table_gradient + call.ids[i] * call.width;
    for (std::int64_t j = 0; j < call.width; ++j) by_row[j] += call.x_gradient[i * call.width + j];
  }
}

}  // namespace sca::kernels::serial
