#pragma once

#include <cstdint>
#include <vector>

namespace sca::experiments {

/// What a learned rule is to make small: sum_i (scale_i K(x_i))^2 with K(x) = sum_m w_m cos <theta_m, x> and
/// K(0) = 1.
///
/// shape    samples [N, q], scales [N]
struct Samples {
  std::size_t q = 0;
  std::vector<double> x;
  std::vector<double> scales;

  std::size_t size() const { return scales.size(); }
};

/// Where nodes may lie: anywhere, or each coordinate in (low, high), by a sigmoid, as the layer has it.
struct NodeRange {
  bool is_bounded = false;
  double low = 0;
  double high = 0;
};

/// shape    nodes [p, q], weights [p]
struct LearnedRule {
  std::vector<double> nodes;
  std::vector<double> weights;
  double root_mean_square = 0;  // of scale_i K(x_i) on the samples

  double kernel(const double* x, std::size_t q) const;
};

/// The best of `starts` local minima: Levenberg–Marquardt over the nodes from random ones, the weights by
/// linear least squares for the nodes at hand (variable projection).
///
/// domain   p >= 1, more samples than p (q + 1); start s draws nodes up to `reach` 2^(s mod 4)
/// error    a local minimum
/// source   G. Golub, V. Pereyra (1973), with L. Kaufman's (1975) Jacobian
LearnedRule learned_rule(const Samples& samples, std::size_t p, const NodeRange& range, double reach,
                         std::size_t starts, std::uint64_t seed);

}  // namespace sca::experiments
