#pragma once

#include "kernels/cuda/operators/activation.cuh"
#include "kernels/cuda/operators/arguments.hpp"
#include "kernels/cuda/operators/groups.cuh"

namespace sca::kernels::cuda {

/// f(row, at) for the groups of all rows that are the thread's: row by row, so that neighbours' are
/// neighbours.
template <int size, class F>
__device__ inline void each_group_of_rows(std::int64_t rows, std::int64_t width, F f) {
  const std::int64_t groups = (width + size - 1) / size;
  const std::int64_t step = std::int64_t{gridDim.x} * blockDim.x;
  for (std::int64_t i = std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x; i < rows * groups; i += step)
    f(i / groups, i % groups * size);
}

/// The numbers of a group that are in its row.
template <int size>
__device__ inline int count_at(std::int64_t width, std::int64_t at) {
  return width - at < size ? static_cast<int>(width - at) : size;
}

template <class Stored, bool is_silu>
__device__ void glu(const GluArguments& a) {
  constexpr int size = Vector<Stored>::size;
  each_group_of_rows<size>(a.rows, a.width, [&](std::int64_t row, std::int64_t at) {
    const int count = count_at<size>(a.width, at);
    const Stored* const both = static_cast<const Stored*>(a.both) + row * 2 * a.width + at;
    Group<size> y = load_group<size>(both, count);
    const Group<size> gates = load_group<size>(both + a.width, count);
    for (int v = 0; v < size; ++v) y.of[v] *= activation<is_silu>(gates.of[v], sigmoid(gates.of[v]));
    store_group(y, static_cast<Stored*>(a.y) + row * a.width + at, count);
  });
}

template <class Stored, bool is_silu>
__device__ void glu_backward(const GluBackwardArguments& a) {
  constexpr int size = Vector<Stored>::size;
  each_group_of_rows<size>(a.rows, a.width, [&](std::int64_t row, std::int64_t at) {
    const int count = count_at<size>(a.width, at);
    const std::int64_t place = row * 2 * a.width + at;
    const Stored* const both = static_cast<const Stored*>(a.both) + place;
    const Group<size> values = load_group<size>(both, count);
    const Group<size> gates = load_group<size>(both + a.width, count);
    const Group<size> by_y =
        load_group<size>(static_cast<const Stored*>(a.y_gradient) + row * a.width + at, count);
    Group<size> by_value, by_gate;
    for (int v = 0; v < size; ++v) {
      const float y = sigmoid(gates.of[v]);
      by_value.of[v] = by_y.of[v] * activation<is_silu>(gates.of[v], y);
      by_gate.of[v] = by_y.of[v] * values.of[v] * activation_slope<is_silu>(gates.of[v], y);
    }
    Stored* const to = static_cast<Stored*>(a.both_gradient) + place;
    store_group(by_value, to, count);
    store_group(by_gate, to + a.width, count);
  });
}

}  // namespace sca::kernels::cuda
