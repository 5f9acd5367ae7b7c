#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kernels/registry.hpp"

namespace sca::kernels::test {

using Table = Operators<float>;
using Numbers = std::vector<float>;

/// Integers of -3 ... 3: a few thousand products of them add up exactly.
inline Numbers integers(std::int64_t count, std::uint32_t seed) {
  Numbers all(static_cast<std::size_t>(count));
  for (float& x : all) {
    seed = seed * 1664525U + 1013904223U;
    x = static_cast<float>(static_cast<int>((seed >> 16U) % 7U) - 3);
  }
  return all;
}

inline Numbers both(Numbers some, const Numbers& others) {
  some.insert(some.end(), others.begin(), others.end());
  return some;
}

struct Call {
  std::string name;
  std::function<Numbers(const Table&, std::int32_t threads)> results;
};

}  // namespace sca::kernels::test
