#pragma once

#include <type_traits>

// Atomic and relaxed, as on the device, so that ThreadSanitizer sees them as what they are. Each gives the
// old value.

namespace sca::kernels::cuda::fiber {

/// What a thread did before its fence comes before what another does after a later one: of the grid, or of
/// its block. So both sides of a flag need one, as PTX has it.
void fence_grid();
void fence_block();

template <class T, class Change>
T exchange_with(T* at, Change change) {
  T old;
  T next;
  __atomic_load(at, &old, __ATOMIC_RELAXED);
  do next = change(old);
  while (!__atomic_compare_exchange(at, &old, &next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
  return old;
}

}  // namespace sca::kernels::cuda::fiber

// NOLINTBEGIN(readability-identifier-naming): CUDA's names
template <class T>
T atomicAdd(T* at, std::type_identity_t<T> x) {
  return sca::kernels::cuda::fiber::exchange_with(at, [x](T old) { return static_cast<T>(old + x); });
}
template <class T>
T atomicMax(T* at, std::type_identity_t<T> x) {
  static_assert(std::is_integral_v<T>, "CUDA has no maximum of floats");
  return sca::kernels::cuda::fiber::exchange_with(at, [x](T old) { return old < x ? x : old; });
}
template <class T>
T atomicMin(T* at, std::type_identity_t<T> x) {
  static_assert(std::is_integral_v<T>, "CUDA has no minimum of floats");
  return sca::kernels::cuda::fiber::exchange_with(at, [x](T old) { return x < old ? x : old; });
}
template <class T>
T atomicExch(T* at, std::type_identity_t<T> x) {
  return sca::kernels::cuda::fiber::exchange_with(at, [x](T) { return x; });
}
template <class T>
T atomicCAS(T* at, std::type_identity_t<T> expected, std::type_identity_t<T> x) {
  static_assert(std::is_integral_v<T>, "CUDA compares integers");
  __atomic_compare_exchange(at, &expected, &x, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  return expected;
}

inline void __threadfence() { sca::kernels::cuda::fiber::fence_grid(); }
inline void __threadfence_block() { sca::kernels::cuda::fiber::fence_block(); }

template <class T>
T __ldg(const T* at) {
  return *at;
}
// NOLINTEND(readability-identifier-naming)
