#include "experiments/probe/attribution.hpp"

#include "experiments/probe/over_sequences.hpp"

namespace sca::experiments::ablation {

using Eigen::Index;
using Eigen::MatrixXcd;
using Eigen::VectorXd;

MatrixXcd attributed(const LayerTokens& tokens, Index t) {
  return read_by(tokens, t, contributions(tokens, t + 1));
}

VectorXd attributed_shares(const MatrixXcd& parts) {
  const Eigen::VectorXcd whole = parts.rowwise().sum();
  return (whole.adjoint() * parts).real().transpose() / whole.squaredNorm();
}

void Attribution::add(const LayerTokens& tokens, const std::vector<Question>& questions) {
  const auto each = static_cast<double>(questions.size());
  double needed = 0;
  double others = 0;
  double largest = 0;
  double chance = 0;
  for (const Question& one : questions) {
    const VectorXd share = attributed_shares(attributed(tokens, one.t));
    const double own = share[one.carrier];
    const auto rest = static_cast<double>(share.size() - 1);
    needed += own / each;
    others += (share.sum() - own) / rest / each;
    largest += (own == share.maxCoeff() ? 1.0 : 0.0) / each;
    chance += 1 / (rest + 1) / each;
  }
  needed_.push_back(needed);
  others_.push_back(others);
  excess_.push_back(needed - others);
  largest_.push_back(largest);
  chance_.push_back(chance);
}

nlohmann::ordered_json Attribution::record() const {
  if (needed_.empty()) return nullptr;
  return {{"sequences", needed_.size()},
          {"needed", as_triple(mean_over_sequences(needed_))},
          {"others", as_triple(mean_over_sequences(others_))},
          {"excess", as_triple(mean_over_sequences(excess_))},
          {"is_largest", as_triple(mean_over_sequences(largest_))},
          {"chance", mean_over_sequences(chance_).estimate}};
}

}  // namespace sca::experiments::ablation
