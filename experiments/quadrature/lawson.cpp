#include "experiments/quadrature/lawson.hpp"

#include <Eigen/QR>

#include <cmath>
#include <limits>

namespace sca::experiments {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_rounds = 400;
constexpr double close_enough = 1.01;  // largest over lower bound: the search's own end, reported as it is

MatrixXd cosines(std::span<const double> nodes, std::span<const double> points) {
  MatrixXd result(static_cast<Index>(points.size()), static_cast<Index>(nodes.size()));
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index m = 0; m < result.cols(); ++m)
      result(i, m) = std::cos(nodes[static_cast<std::size_t>(m)] * points[static_cast<std::size_t>(i)]);
  }
  return result;
}

}  // namespace

MinimaxWeights minimax_weights(std::span<const double> nodes, std::span<const double> points) {
  const MatrixXd all = cosines(nodes, points);
  const VectorXd first = all.col(0);
  // The sum of the weights is 1: the first is what the others leave.
  const MatrixXd others = all.rightCols(all.cols() - 1).colwise() - first;
  VectorXd lambda = VectorXd::Constant(all.rows(), 1.0 / static_cast<double>(all.rows()));
  MinimaxWeights best;
  best.largest = std::numeric_limits<double>::infinity();
  for (int round = 0; round < most_rounds; ++round) {
    const VectorXd root = lambda.cwiseSqrt();
    VectorXd w(others.cols());
    if (w.size() > 0) w = (root.asDiagonal() * others).colPivHouseholderQr().solve(-root.cwiseProduct(first));
    const VectorXd kernel = first + others * w;
    best.lower_bound = std::max(best.lower_bound, std::sqrt(lambda.dot(kernel.cwiseAbs2())));
    if (const double largest = kernel.lpNorm<Eigen::Infinity>(); largest < best.largest) {
      best.largest = largest;
      best.weights = {1 - w.sum()};
      best.weights.insert(best.weights.end(), w.begin(), w.end());
    }
    if (best.largest <= close_enough * best.lower_bound) break;
    lambda = lambda.cwiseProduct(kernel.cwiseAbs());
    lambda /= lambda.sum();
  }
  return best;
}

}  // namespace sca::experiments
