#pragma once

#include <vector>

#include "reference/interval.hpp"

namespace sca::experiments::capacity {

// What a layer of the released code works with: theta in (0, 3], scalars that SiLU has left behind.
inline constexpr double released_node = 3;
inline constexpr double silu_floor = -0.2784;
inline constexpr double largest_scalar = 4;

// Random numbers as doubles, which all arithmetics take exactly.

/// n numbers, uniform in (low, high).
std::vector<double> uniform(double low, double high, std::size_t n, std::uint64_t seed);
/// n standard normal numbers.
std::vector<double> normal(std::size_t n, std::uint64_t seed);

/// At the thread's precision, exactly.
std::vector<Interval> exact(const std::vector<double>& values);

}  // namespace sca::experiments::capacity
