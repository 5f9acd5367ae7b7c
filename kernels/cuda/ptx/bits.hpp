#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace sca::kernels::cuda::ptx {

using U8 = std::uint8_t;
using S8 = std::int8_t;
using U16 = std::uint16_t;
using S16 = std::int16_t;
using U32 = std::uint32_t;
using S32 = std::int32_t;
using U64 = std::uint64_t;
using S64 = std::int64_t;

/// What the low bits of a register mean as a T. Registers are 64 bits wide whatever they were declared as,
/// and what lies above a T is never looked at.
template <class T>
T from_bits(U64 bits) {
  if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(bits);
  } else if constexpr (sizeof(T) == 4) {
    return std::bit_cast<T>(static_cast<U32>(bits));
  } else {
    return std::bit_cast<T>(bits);
  }
}

/// The bits of a value, with zeros above it.
template <class T>
U64 to_bits(T value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? 1 : 0;
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<std::make_unsigned_t<T>>(value);
  } else if constexpr (sizeof(T) == 4) {
    return std::bit_cast<U32>(value);
  } else {
    return std::bit_cast<U64>(value);
  }
}

}  // namespace sca::kernels::cuda::ptx
