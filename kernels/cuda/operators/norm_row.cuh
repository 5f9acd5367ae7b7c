#pragma once

#include "kernels/cuda/operators/activation.cuh"
#include "kernels/cuda/operators/teams.cuh"

namespace sca::kernels::cuda {

/// One row of a norm's backward: what a group of it is given, and the formulas for one number of it.
///
/// x        what the mean is taken of: the input, or its product with silu(gate)
/// norm     x / root; y = norm gain, or norm gain silu(gate)
template <class Stored, Gate gate>
struct NormRow {
  static constexpr int size = Vector<Stored>::size;
  using Numbers = Group<size>;

  struct Given {
    Numbers input, by_y;
    Numbers gates, sigmoids;  // unless there is no gate

    __device__ float silu(int v) const { return activation<true>(gates.of[v], sigmoids.of[v]); }
    __device__ float x(int v) const { return gate == Gate::before ? input.of[v] * silu(v) : input.of[v]; }
    /// The gradient by norm gain.
    __device__ float by_product(int v) const {
      return gate == Gate::after ? by_y.of[v] * silu(v) : by_y.of[v];
    }
  };

  __device__ NormRow(const NormBackwardArguments& arguments, std::int64_t row)
      : a(arguments), first(row * arguments.width), width(row < arguments.rows ? arguments.width : 0) {}

  __device__ Numbers numbers(const void* rows, int at) const {
    return load_group<size>(static_cast<const Stored*>(rows) + first + at, width - at);
  }
  __device__ Given load(int at) const {
    Given given{numbers(a.x, at), numbers(a.y_gradient, at), {}, {}};
    if constexpr (gate != Gate::none) {
      given.gates = numbers(a.gate, at);
      for (int v = 0; v < size; ++v) given.sigmoids.of[v] = sigmoid(given.gates.of[v]);
    }
    return given;
  }
  __device__ Numbers gains(int at) const { return load_group<size>(a.gain + at, width - at); }

  /// Writes the gradients by the input and by its gate.
  __device__ void store(int at, const Numbers& by_input, const Numbers& by_gate) const {
    Stored* const to = static_cast<Stored*>(a.x_gradient) + first + at;
    Numbers sum = by_input;
    if (gate == Gate::none && a.adds) {
      sum = load_group<size>(to, width - at);
      for (int v = 0; v < size; ++v) sum.of[v] += by_input.of[v];
    }
    store_group(sum, to, width - at);
    if constexpr (gate != Gate::none)
      store_group(by_gate, static_cast<Stored*>(a.gate_gradient) + first + at, width - at);
  }

  const NormBackwardArguments& a;
  std::int64_t first;
  int width;  // 0 beyond the last row: all threads of the block go to the barriers
};

}  // namespace sca::kernels::cuda
