#pragma once

#include <cstdint>

#include "kernels/cuda/source.hpp"

namespace sca::kernels::cuda {

__device__ inline float to_float(float x) { return x; }
__device__ inline float to_float(__nv_bfloat16 x) { return __bfloat162float(x); }
__device__ inline float to_float(__half x) { return __half2float(x); }

/// Rounded to nearest.
template <class Stored>
__device__ Stored from_float(float x);
template <>
__device__ inline float from_float<float>(float x) {
  return x;
}
template <>
__device__ inline __nv_bfloat16 from_float<__nv_bfloat16>(float x) {
  return __float2bfloat16(x);
}
template <>
__device__ inline __half from_float<__half>(float x) {
  return __float2half(x);
}

/// Numbers that are loaded or stored at once.
template <class Stored>
struct alignas(16) Vector {
  static constexpr int size = 16 / static_cast<int>(sizeof(Stored));
  Stored of[size];
};

/// Rows of `width` numbers, `pitch` apart, can be taken in vectors.
template <class Stored>
__device__ inline bool takes_vectors(const Stored* first, std::int64_t pitch, int width) {
  constexpr int size = Vector<Stored>::size;
  return reinterpret_cast<std::uintptr_t>(first) % 16 == 0 && pitch % size == 0 && width % size == 0;
}

/// Rows of numbers to shared memory as floats, by all threads of the block.
///
/// shape    from: `rows` rows, `pitch` apart; to: [rows, to_pitch], aligned to 16 as to_pitch is to 4
template <class Stored>
__device__ inline void load_rows(const Stored* from, std::int64_t pitch, int rows, int width, float* to,
                                 int to_pitch) {
  using V = Vector<Stored>;
  const auto threads = static_cast<int>(blockDim.x);
  if (takes_vectors(from, pitch, width)) {
    const int vectors = width / V::size;
    for (auto i = static_cast<int>(threadIdx.x); i < rows * vectors; i += threads) {
      const int row = i / vectors;
      const int at = i % vectors * V::size;
      const V vector = load_vector<V>(from + row * pitch + at);
      for (int j = 0; j < V::size; ++j) to[row * to_pitch + at + j] = to_float(vector.of[j]);
    }
    return;
  }
  for (auto i = static_cast<int>(threadIdx.x); i < rows * width; i += threads)
    to[i / width * to_pitch + i % width] = to_float(from[i / width * pitch + i % width]);
}

/// The other way: rounds to what is stored.
template <class Stored>
__device__ inline void store_rows(const float* from, int from_pitch, int rows, int width, Stored* to,
                                  std::int64_t pitch) {
  using V = Vector<Stored>;
  const auto threads = static_cast<int>(blockDim.x);
  if (takes_vectors(to, pitch, width)) {
    const int vectors = width / V::size;
    for (auto i = static_cast<int>(threadIdx.x); i < rows * vectors; i += threads) {
      const int row = i / vectors;
      const int at = i % vectors * V::size;
      V vector;
      for (int j = 0; j < V::size; ++j) vector.of[j] = from_float<Stored>(from[row * from_pitch + at + j]);
      store_vector(vector, to + row * pitch + at);
    }
    return;
  }
  for (auto i = static_cast<int>(threadIdx.x); i < rows * width; i += threads)
    to[i / width * pitch + i % width] = from_float<Stored>(from[i / width * from_pitch + i % width]);
}

}  // namespace sca::kernels::cuda
