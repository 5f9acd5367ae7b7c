#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/cuda/fiber/site.hpp"

// CUDA's vectors, which kernels load and store at once. A device's access traps where it is misaligned; a
// host's may go well, so that copies look at the address themselves.

namespace sca::kernels::cuda::fiber {

/// `at`, if it is aligned.
/// errors   Fault
template <class T>
T* aligned(T* at) {
  auto address = reinterpret_cast<std::uintptr_t>(at);
  // Or the compiler knows from the type that it is, and accesses it before it is looked at.
  asm volatile("" : "+r"(address) : : "memory");
  if (address % alignof(T) != 0) [[unlikely]]
    fail({}, "a vector of %zu bytes at an address that is no multiple of them", alignof(T));
  return at;
}

template <class T>
struct alignas(2 * sizeof(T)) Vector2 {
  T x, y;

  Vector2() = default;
  constexpr Vector2(T a, T b) : x(a), y(b) {}
  Vector2(const Vector2& other) : x(aligned(&other)->x), y(other.y) {}
  Vector2& operator=(const Vector2& other) {  // NOLINT(bugprone-unhandled-self-assignment)
    const Vector2 copy(other);
    aligned(this)->x = copy.x;
    y = copy.y;
    return *this;
  }
};

template <class T>
struct alignas(16) Vector4 {
  T x, y, z, w;

  Vector4() = default;
  constexpr Vector4(T a, T b, T c, T d) : x(a), y(b), z(c), w(d) {}
  Vector4(const Vector4& other) : x(aligned(&other)->x), y(other.y), z(other.z), w(other.w) {}
  Vector4& operator=(const Vector4& other) {  // NOLINT(bugprone-unhandled-self-assignment)
    const Vector4 copy(other);
    aligned(this)->x = copy.x;
    y = copy.y;
    z = copy.z;
    w = copy.w;
    return *this;
  }
};

}  // namespace sca::kernels::cuda::fiber

// NOLINTBEGIN(readability-identifier-naming): CUDA's names
struct uint3 {
  unsigned x, y, z;
};
struct dim3 {
  unsigned x = 1, y = 1, z = 1;
};

using int2 = sca::kernels::cuda::fiber::Vector2<int>;
using int4 = sca::kernels::cuda::fiber::Vector4<int>;
using uint2 = sca::kernels::cuda::fiber::Vector2<unsigned>;
using uint4 = sca::kernels::cuda::fiber::Vector4<unsigned>;
using float2 = sca::kernels::cuda::fiber::Vector2<float>;
using float4 = sca::kernels::cuda::fiber::Vector4<float>;
using double2 = sca::kernels::cuda::fiber::Vector2<double>;
// NOLINTEND(readability-identifier-naming)

constexpr int2 make_int2(int x, int y) { return {x, y}; }
constexpr int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
constexpr uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
constexpr uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }
constexpr float2 make_float2(float x, float y) { return {x, y}; }
constexpr float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
constexpr double2 make_double2(double x, double y) { return {x, y}; }

namespace sca::kernels::cuda {

/// Sixteen bytes at once.
/// errors   Fault where they are not aligned
template <class T>
T load_vector(const void* from) {
  T vector;
  std::memcpy(&vector, fiber::aligned(static_cast<const T*>(from)), sizeof vector);
  return vector;
}
template <class T>
void store_vector(const T& vector, void* to) {
  std::memcpy(fiber::aligned(static_cast<T*>(to)), &vector, sizeof vector);
}

}  // namespace sca::kernels::cuda
