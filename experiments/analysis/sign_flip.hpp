#pragma once

#include <cstddef>
#include <vector>

namespace sca::experiments::ablation {

inline constexpr std::size_t most_flips = 24;  // 2^24 sums are computed

/// A p-value, and the least that so many pairs can give.
struct SignFlip {
  double p = 1;
  double least = 1;
};

/// Exact two-sided test that paired differences are symmetric about 0: the share of the 2^n sign patterns
/// whose sum is as far from 0 as that of the differences. The least p is 2/2^n.
///
/// domain   1 <= n <= 24, all finite
/// error    sums that differ by less than their rounding, n 2^-53 sum |d| each, count as equal: p is never
///          too small
/// errors   std::invalid_argument outside the domain
/// source   Fisher 1935, The Design of Experiments, section 21
SignFlip sign_flip(const std::vector<double>& differences);

}  // namespace sca::experiments::ablation
