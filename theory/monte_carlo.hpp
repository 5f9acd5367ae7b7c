#pragma once

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "theory/prefix.hpp"

namespace sca {

// A composite readout at one random node:
//   f(theta) = sum_{j,k} alpha_j h_k e^{i<theta, h_k - h_j>} = sum_v c_v e^{i<theta, v>},
//   c_v = sum over h_k - h_j = v of alpha_j h_k.
// The average of f over M independent nodes has mean square error Var f / M against E f = sum_v c_v K(v).

/// f as a trigonometric sum over the distinct differences v.
///
/// shape    differences [N, d], coefficients [N, d]; N <= t^2 - t + 1
template <class Real>
struct DifferenceSum {
  std::size_t d = 0;
  std::vector<std::vector<Real>> differences;
  std::vector<std::vector<Real>> coefficients;
};

/// Groups the t^2 pairs by their difference.
///
/// shape    tokens [t, d] of `prefix` (its weights do not enter), alpha [t]
/// domain   an exact ordered scalar: with rounded ones coincident differences would not be seen
template <class Real>
DifferenceSum<Real> difference_sum(const Prefix<Real>& prefix, std::span<const Real> alpha) {
  std::vector<std::vector<Real>> all;
  for (std::size_t j = 0; j < prefix.t; ++j) {
    for (std::size_t k = 0; k < prefix.t; ++k) all.push_back(difference(prefix.token(k), prefix.token(j)));
  }
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return all[a] < all[b]; });
  DifferenceSum<Real> sum{prefix.d, {}, {}};
  for (const std::size_t pair : order) {
    if (sum.differences.empty() || sum.differences.back() != all[pair]) {
      sum.differences.push_back(all[pair]);
      sum.coefficients.emplace_back(prefix.d, Real(0));
    }
    const auto token = prefix.token(pair % prefix.t);
    for (std::size_t l = 0; l < prefix.d; ++l) {
      sum.coefficients.back()[l] = sum.coefficients.back()[l] + alpha[pair / prefix.t] * token[l];
    }
  }
  return sum;
}

/// What one node drawn from a symmetric law with transform K tells of f.
template <class Real>
struct OneNodeStatistics {
  std::vector<Real> mean;    // E f, shape [d]
  Real variance_complex{0};  // E |f - E f|^2 = sum_{v,v'} <c_v, c_v'> [K(v - v') - K(v) K(v')]
  Real variance_real{0};     // E |Re f - E Re f|^2: [(K(v - v') + K(v + v'))/2 - K(v) K(v')]
};

/// Mean and variances of f at one random node.
///
/// domain   real alpha; kernel(x) = K(x) real and even (a symmetric law), K(0) = 1; it takes the
///          exact scalar of `sum` and returns a Real
/// shape    `coefficients` is sum.coefficients in the scalar Real, [N, d]
/// error    none beyond the scalar's own; O(N^2 d) and N^2 kernel values
/// source   companion.md, section 9
template <class Real, class Exact, class Kernel>
OneNodeStatistics<Real> one_node_statistics(const DifferenceSum<Exact>& sum,
                                            const std::vector<std::vector<Real>>& coefficients,
                                            Kernel kernel) {
  OneNodeStatistics<Real> result;
  result.mean.assign(sum.d, Real(0));
  const std::size_t count = sum.differences.size();
  std::vector<Real> value;
  for (std::size_t v = 0; v < count; ++v) {
    value.push_back(kernel(std::span<const Exact>(sum.differences[v])));
    for (std::size_t l = 0; l < sum.d; ++l) result.mean[l] = result.mean[l] + coefficients[v][l] * value[v];
  }
  for (std::size_t v = 0; v < count; ++v) {
    for (std::size_t w = 0; w <= v; ++w) {
      std::vector<Exact> apart;
      std::vector<Exact> together;
      for (std::size_t l = 0; l < sum.d; ++l) {
        apart.push_back(sum.differences[v][l] - sum.differences[w][l]);
        together.push_back(sum.differences[v][l] + sum.differences[w][l]);
      }
      const Real near = kernel(std::span<const Exact>(apart));
      const Real far = kernel(std::span<const Exact>(together));
      const Real product = value[v] * value[w];
      const Real weight = Real(v == w ? 1 : 2) *
                          dot(std::span<const Real>(coefficients[v]), std::span<const Real>(coefficients[w]));
      result.variance_complex = result.variance_complex + weight * (near - product);
      result.variance_real = result.variance_real + weight * ((near + far) / Real(2) - product);
    }
  }
  return result;
}

/// sum_{k != j} |h_k|^2: the complex variance at T = infinity for alpha = one-hot at j and distinct tokens.
/// source   companion.md, section 9
template <class Real>
Real one_hot_bohr_variance(const Prefix<Real>& prefix, std::size_t j) {
  Real sum(0);
  for (std::size_t k = 0; k < prefix.t; ++k) {
    if (k != j) sum = sum + norm_squared(prefix.token(k));
  }
  return sum;
}

}  // namespace sca
