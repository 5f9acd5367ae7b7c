#pragma once

#include <type_traits>

#include "kernels/cuda/ptx/bits.hpp"

namespace sca::kernels::cuda::ptx {

/// The integer that holds every product of two T.
template <class T>
struct Doubled {
  using Signed = std::conditional_t<sizeof(T) == 2, S32, S64>;
  using Unsigned = std::conditional_t<sizeof(T) == 2, U32, U64>;
  using Narrow = std::conditional_t<std::is_signed_v<T>, Signed, Unsigned>;
  __extension__ using Wide =
      std::conditional_t<sizeof(T) < 8, Narrow,
                         std::conditional_t<std::is_signed_v<T>, __int128, unsigned __int128>>;
};

template <class T>
typename Doubled<T>::Wide product(T a, T b) {
  using Wide = typename Doubled<T>::Wide;
  return static_cast<Wide>(static_cast<Wide>(a) * static_cast<Wide>(b));
}

template <class T>
T low_half(typename Doubled<T>::Wide wide) {
  return static_cast<T>(wide);
}

template <class T>
T high_half(typename Doubled<T>::Wide wide) {
  return static_cast<T>(wide >> (8 * sizeof(T)));
}

/// Modulo 2^n, as hardware adds.
template <class T>
T wrapping_add(T a, T b) {
  using U = std::make_unsigned_t<T>;
  return static_cast<T>(static_cast<U>(static_cast<U>(a) + static_cast<U>(b)));
}

template <class T>
T wrapping_subtract(T a, T b) {
  using U = std::make_unsigned_t<T>;
  return static_cast<T>(static_cast<U>(static_cast<U>(a) - static_cast<U>(b)));
}

}  // namespace sca::kernels::cuda::ptx
