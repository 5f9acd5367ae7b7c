#include "experiments/probe/retrievability.hpp"

#include <Eigen/SVD>

#include <algorithm>

#include "experiments/probe/over_sequences.hpp"
#include "experiments/statistics.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

VectorXd singular_values(const MatrixXd& columns) {
  return Eigen::BDCSVD<MatrixXd>(columns).singularValues();
}

}  // namespace

Index epsilon_rank(const VectorXd& singular, double epsilon) {
  if (singular.size() == 0) return 0;
  return (singular.array() > epsilon * singular[0]).count();
}

Index horizon(const MatrixXd& columns, double epsilon) {
  // A further column lowers the least singular value and raises the largest: independence is lost once.
  Index good = 0;
  Index bad = std::min(columns.rows(), columns.cols()) + 1;
  while (bad - good > 1) {
    const Index t = (good + bad) / 2;
    (epsilon_rank(singular_values(columns.leftCols(t)), epsilon) == t ? good : bad) = t;
  }
  return good;
}

VectorXd noise_gains(const MatrixXd& columns) {
  const Eigen::BDCSVD<MatrixXd> svd(columns, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const MatrixXd duals = svd.matrixV() * svd.singularValues().cwiseInverse().asDiagonal();
  return duals.rowwise().norm().cwiseProduct(columns.colwise().norm().transpose());
}

MatrixXd distinct_columns(const MatrixXd& columns) {
  MatrixXd kept(columns.rows(), columns.cols());
  Index count = 0;
  for (Index j = 0; j < columns.cols(); ++j) {
    bool is_new = true;
    for (Index i = 0; i < count && is_new; ++i) is_new = kept.col(i) != columns.col(j);
    if (is_new) kept.col(count++) = columns.col(j);
  }
  return kept.leftCols(count);
}

void Retrievability::add(const LayerTokens& tokens) {
  KM_ = static_cast<double>(tokens.K * tokens.M);
  KHM_ = static_cast<double>(tokens.f.rows());
  const MatrixXd columns = distinct_columns(as_real(tokens.f));
  const VectorXd singular = singular_values(columns);
  distinct_.push_back(static_cast<double>(columns.cols()));
  conditions_.push_back(singular[0] / singular[singular.size() - 1]);
  for (At* at : {&single_, &half_}) {
    at->ranks.push_back(static_cast<double>(epsilon_rank(singular, at->epsilon)));
    const Index t = horizon(columns, at->epsilon);
    at->horizons.push_back(static_cast<double>(t));
    at->exhausted += t == columns.cols() ? 1 : 0;
  }
  const auto t = static_cast<Index>(single_.horizons.back());
  if (t == 0) return;
  const VectorXd gains = noise_gains(columns.leftCols(t));
  median_gains_.push_back(quantile({gains.begin(), gains.end()}, 0.5));
  largest_gains_.push_back(gains.maxCoeff());
}

nlohmann::ordered_json Retrievability::record() const {
  const auto at = [](const At& one) {
    return nlohmann::ordered_json{{"epsilon", one.epsilon},
                                  {"rank", median_over_sequences(one.ranks)},
                                  {"horizon", median_over_sequences(one.horizons)},
                                  {"shortest_horizon", quantile(one.horizons, 0)},
                                  {"not_reached", one.exhausted}};
  };
  nlohmann::ordered_json record{{"sequences", distinct_.size()},
                                {"distinct", median_over_sequences(distinct_)},
                                {"KM", KM_},
                                {"KHM", KHM_},
                                {"2KHM", 2 * KHM_},
                                {"condition", median_over_sequences(conditions_)},
                                {"at", {at(single_), at(half_)}}};
  if (!median_gains_.empty()) {
    record["noise_gain"] = median_over_sequences(median_gains_);
    record["largest_noise_gain"] = median_over_sequences(largest_gains_);
  }
  return record;
}

}  // namespace sca::experiments::ablation
