#include "experiments/probe/ridge.hpp"

#include <Eigen/Cholesky>

#include <cmath>

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::RowVectorXd;

constexpr double penalties[] = {1e-4, 1e-2, 1, 100};

/// 1 over the standard deviation; 0 for what does not vary.
RowVectorXd inverse_deviation(const MatrixXd& centred) {
  const RowVectorXd variance = centred.colwise().squaredNorm() / static_cast<double>(centred.rows());
  return variance.unaryExpr([](double v) { return v > 0 ? 1 / std::sqrt(v) : 0.0; });
}

/// The sum of each class's rows. shape: x [n, p] -> [p, count]
MatrixXd sums_by_class(const MatrixXd& x, const std::vector<std::int64_t>& classes, std::int64_t count) {
  MatrixXd sums = MatrixXd::Zero(x.cols(), count);
  for (std::size_t i = 0; i < classes.size(); ++i) sums.col(classes[i]) += x.row(static_cast<Index>(i));
  return sums;
}

}  // namespace

std::vector<std::int64_t> LinearClassifier::predicted(const MatrixXd& features) const {
  const MatrixXd x = (features.rowwise() - mean) * scale.asDiagonal();
  const MatrixXd scores = (x * weights).rowwise() + offset;
  std::vector<std::int64_t> all;
  for (Index i = 0; i < scores.rows(); ++i) {
    Index top = 0;
    scores.row(i).maxCoeff(&top);
    all.push_back(top);
  }
  return all;
}

Ridge::Ridge(const MatrixXd& features, const std::vector<std::int64_t>& classes, std::int64_t count)
    : rows_(static_cast<double>(features.rows())) {
  standardised_.mean = features.colwise().mean();
  MatrixXd x = features.rowwise() - standardised_.mean;
  standardised_.scale = inverse_deviation(x);
  x = x * standardised_.scale.asDiagonal();
  standardised_.offset = sums_by_class(MatrixXd::Ones(x.rows(), 1), classes, count) / rows_;
  gram_ = x.transpose() * x;
  products_ = sums_by_class(x, classes, count);  // of centred features: the indicators' means add nothing
}

LinearClassifier Ridge::solved(double penalty) const {
  LinearClassifier made = standardised_;
  MatrixXd gram = gram_;
  gram.diagonal().array() += penalty * rows_;
  made.weights = gram.llt().solve(products_);
  return made;
}

LinearClassifier fitted_ridge(const MatrixXd& features, const std::vector<std::int64_t>& classes,
                              std::int64_t count) {
  const Index first = features.rows() * 3 / 4;
  const Ridge inner(features.topRows(first), {classes.begin(), classes.begin() + first}, count);
  const MatrixXd rest = features.bottomRows(features.rows() - first);
  double best = 0;
  std::ptrdiff_t most = -1;
  for (const double penalty : penalties) {
    const auto found = inner.solved(penalty).predicted(rest);
    std::ptrdiff_t right = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
      right += found[i] == classes[static_cast<std::size_t>(first) + i] ? 1 : 0;
    if (right < most) continue;
    most = right;
    best = penalty;
  }
  return Ridge(features, classes, count).solved(best);
}

}  // namespace sca::experiments::ablation
