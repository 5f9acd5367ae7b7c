#pragma once

#include <nlohmann/json.hpp>

#include "experiments/probe/layer_tokens.hpp"

namespace sca::experiments::ablation {

/// How many singular values of a matrix are above epsilon times the largest.
/// domain   in descending order; 0 where all are 0
Eigen::Index epsilon_rank(const Eigen::VectorXd& singular, double epsilon);

/// The largest t for which the first t columns are linearly independent as far as epsilon can tell: rank t at
/// epsilon. All of them could be read apart, each by its dual query.
Eigen::Index horizon(const Eigen::MatrixXd& columns, double epsilon);

/// |d_j| |f_j| of every column's dual query d_j (<d_j, f_k> = [j = k]): how much noise in the state, relative
/// to what the token put there, grows in what is read. 1 where the columns are orthogonal.
/// domain   linearly independent columns
Eigen::VectorXd noise_gains(const Eigen::MatrixXd& columns);

/// Columns of which none is exactly an earlier one.
Eigen::MatrixXd distinct_columns(const Eigen::MatrixXd& columns);

/// Which tokens of a prefix a state has room for, over sequences: what [f_1 ... f_t], real and 2KHM high, of
/// distinct tokens allows any query to tell apart.
class Retrievability {
 public:
  static constexpr double single = 0x1p-24;  // float32's rounding
  static constexpr double half = 0x1p-8;     // bf16's

  /// The whole sequence.
  void add(const LayerTokens& tokens);
  /// Medians over sequences, beside K M, K H M and 2KHM.
  nlohmann::ordered_json record() const;

 private:
  struct At {
    double epsilon;
    std::vector<double> ranks = {}, horizons = {};
    std::size_t exhausted = 0;  // sequences that are not longer than their horizon
  };
  double KM_ = 0, KHM_ = 0;
  std::vector<double> distinct_, conditions_, median_gains_, largest_gains_;
  At single_{single}, half_{half};
};

}  // namespace sca::experiments::ablation
