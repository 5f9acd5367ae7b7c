#pragma once

#include <span>
#include <vector>

namespace sca::experiments {

/// Weights of cos(theta_m x), of sum 1, that make the largest |K(x)| over the points x small.
struct MinimaxWeights {
  std::vector<double> weights;
  double largest = 0;      // max |K| over the points
  double lower_bound = 0;  // no weights do better than this
};

/// Lawson's iteratively reweighted least squares. Any weights lambda of sum 1 on the points bound the optimum
/// from below by their own least-squares optimum, (min_w sum lambda K^2)^{1/2}: that is the gap that is
/// returned.
///
/// shape    nodes [p], points [N]
/// domain   p >= 1; double precision: not for optima near its roundoff
/// source   C. L. Lawson (1961); weak duality
MinimaxWeights minimax_weights(std::span<const double> nodes, std::span<const double> points);

}  // namespace sca::experiments
