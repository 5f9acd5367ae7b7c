#pragma once

#include <cmath>
#include <type_traits>

#include "kernels/cuda/ptx/load/statement.hpp"

namespace sca::kernels::cuda::ptx {

/// PTX's comparisons. Those that end in u are true of NaN as well.
enum class Comparison { eq, ne, lt, le, gt, ge, equ, neu, ltu, leu, gtu, geu, num, nan };

/// errors   Fault if the statement has none, or one that the type does not have
Comparison take_comparison(Statement& statement, Type type);

template <class T>
bool compare(Comparison comparison, T a, T b) {
  bool unordered = false;
  if constexpr (std::is_floating_point_v<T>) unordered = std::isnan(a) || std::isnan(b);
  switch (comparison) {
    case Comparison::eq: return !unordered && a == b;
    case Comparison::ne: return !unordered && a != b;
    case Comparison::lt: return a < b;
    case Comparison::le: return a <= b;
    case Comparison::gt: return a > b;
    case Comparison::ge: return a >= b;
    case Comparison::equ: return unordered || a == b;
    case Comparison::neu: return unordered || a != b;
    case Comparison::ltu: return unordered || a < b;
    case Comparison::leu: return unordered || a <= b;
    case Comparison::gtu: return unordered || a > b;
    case Comparison::geu: return unordered || a >= b;
    case Comparison::num: return !unordered;
    default: return unordered;
  }
}

}  // namespace sca::kernels::cuda::ptx
