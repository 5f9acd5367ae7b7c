#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace sca::experiments::ablation {

/// A linear classifier: the class of the largest value.
struct LinearClassifier {
  Eigen::RowVectorXd mean,
      scale;                  // of the features: (x - mean) scale has variance 1, or 0 where x does not vary
  Eigen::MatrixXd weights;    // [p, classes]
  Eigen::RowVectorXd offset;  // [classes]

  /// shape    features [n, p] -> [n]
  std::vector<std::int64_t> predicted(const Eigen::MatrixXd& features) const;
};

/// Least squares onto the classes' indicators, with a penalty on the standardised features' weights.
class Ridge {
 public:
  /// shape    features [n, p], a row an observation; classes [n], from 0 to count - 1
  Ridge(const Eigen::MatrixXd& features, const std::vector<std::int64_t>& classes, std::int64_t count);

  /// The penalty is times the number of rows.
  LinearClassifier solved(double penalty) const;

 private:
  double rows_;
  LinearClassifier standardised_;  // without weights
  Eigen::MatrixXd gram_, products_;
};

/// Fits on the first three quarters of the rows with penalties 1e-4, 0.01, 1 and 100, takes the one that is
/// right most often on the rest, of equals the largest, and fits on all rows with it.
/// domain   at least four rows
LinearClassifier fitted_ridge(const Eigen::MatrixXd& features, const std::vector<std::int64_t>& classes,
                              std::int64_t count);

}  // namespace sca::experiments::ablation
