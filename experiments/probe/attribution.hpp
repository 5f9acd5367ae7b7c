#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "experiments/probe/layer_tokens.hpp"
#include "experiments/probe/question.hpp"

namespace sca::experiments::ablation {

/// What each of the tokens 0 ... t put into o_t: a column a token, and their sum is o_t, since what is read
/// is linear in S_t = sum a_tau f_tau.
///
/// shape    [KH, t + 1], o_re + i o_im
Eigen::MatrixXcd attributed(const LayerTokens& tokens, Eigen::Index t);

/// Of each of these the share of |o_t|^2 along o_t: they sum to 1, negative ones work against the others.
/// domain   o_t is not 0
Eigen::VectorXd attributed_shares(const Eigen::MatrixXcd& parts);

/// Whether the token that carries the answer has a larger share in what its question's position reads than
/// the others have, over sequences.
class Attribution {
 public:
  /// One sequence's. domain: at least one question
  void add(const LayerTokens& tokens, const std::vector<Question>& questions);
  /// Null without a sequence.
  nlohmann::ordered_json record() const;

 private:
  std::vector<double> needed_, others_, excess_, largest_, chance_;  // of each sequence
};

}  // namespace sca::experiments::ablation
