#pragma once

#include <map>
#include <nlohmann/json.hpp>

#include "experiments/analysis/interval.hpp"
#include "experiments/probe/layer_tokens.hpp"

namespace sca::experiments::ablation {

/// What Theorem 1's query for token j reads from S_t on the layer's own nodes theta and weights omega.
struct TheoremReadout {
  /// sum_m omega_m S_t(theta_m) conj(e^{i phi_jm}) over sum_m omega_m, each channel: the paper's query in the
  /// form that holds for general weights (Corollary 3(1), its sign corrected), where a_j k_j is to come out.
  /// shape [KH]
  Eigen::VectorXcd value;
  double error;    // |value - a_j k_j| / |a_j k_j|
  double printed;  // |t value - k_j| / |k_j|: the query as Theorem 1 prints it, for weights 1/t
  double nearest;  // 1 where a_j k_j is nearer than every other a_j k_tau; shared among equally near ones
  double most_aligned;  // the same of the largest cosine: what is left where only the size is wrong
};

/// domain   j < t
/// source   paper Theorem 1 and Corollary 3(1); STATEMENTS.md, items 1 and 2
TheoremReadout theorem_readout(const LayerTokens& tokens, Eigen::Index t, Eigen::Index j);

/// Whether a layer retrieves tokens as Theorem 1 says, on its own grid: every token of prefixes of 4, 8, ...
/// tokens and of the whole sequence, over sequences.
class TheoremQuery {
 public:
  void add(const LayerTokens& tokens);
  /// Of the longest prefix: how often the token is the nearest one. domain: something was added
  Interval top1() const;
  double chance() const { return 1 / static_cast<double>(by_length_.rbegin()->first); }
  nlohmann::ordered_json record() const;

 private:
  /// Of each sequence, over the prefix's tokens: means of what is a share, medians of errors.
  struct Prefix {
    std::vector<double> nearest, most_aligned, errors, printed;
  };
  std::map<Eigen::Index, Prefix> by_length_;
};

}  // namespace sca::experiments::ablation
