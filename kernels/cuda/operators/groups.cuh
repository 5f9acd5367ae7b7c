#pragma once

#include "kernels/cuda/core/numbers.cuh"
#include "kernels/cuda/source.hpp"

// Before a loop whose index numbers registers: arrays that are not unrolled lie in memory.
#if defined(__CUDACC__)
#define SCA_UNROLLED _Pragma("unroll")
#else
#define SCA_UNROLLED
#endif

namespace sca::kernels::cuda {

/// Numbers that follow each other, in one thread's registers.
template <int size>
struct Group {
  float of[size];
};

/// What one access takes.
template <class Stored>
using GroupOf = Group<Vector<Stored>::size>;

template <class Stored>
__device__ inline bool is_aligned(const Stored* at) {
  return reinterpret_cast<std::uintptr_t>(at) % sizeof(Vector<Stored>) == 0;
}

/// The first `count` numbers of a group, and 0 for the others. Which numbers a thread has does not depend on
/// the address, only how many accesses they take.
template <int size, class Stored>
__device__ inline Group<size> load_group(const Stored* from, int count) {
  using V = Vector<Stored>;
  Group<size> group;
  if (count >= size && is_aligned(from)) {
    for (int i = 0; i < size; i += V::size) {
      const V vector = load_vector<V>(from + i);
      for (int j = 0; j < V::size; ++j) group.of[i + j] = to_float(vector.of[j]);
    }
  } else {
    for (int i = 0; i < size; ++i) group.of[i] = i < count ? to_float(from[i]) : 0.0F;
  }
  return group;
}

/// The other way: rounds to what is stored.
template <int size, class Stored>
__device__ inline void store_group(const Group<size>& group, Stored* to, int count) {
  using V = Vector<Stored>;
  if (count >= size && is_aligned(to)) {
    for (int i = 0; i < size; i += V::size) {
      V vector;
      for (int j = 0; j < V::size; ++j) vector.of[j] = from_float<Stored>(group.of[i + j]);
      store_vector(vector, to + i);
    }
  } else {
    for (int i = 0; i < size; ++i)
      if (i < count) to[i] = from_float<Stored>(group.of[i]);
  }
}

}  // namespace sca::kernels::cuda
