#include "experiments/probe/theorem_query.hpp"

#include <numeric>

#include "experiments/probe/over_sequences.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using Eigen::VectorXcd;
using Eigen::VectorXd;

/// 1 where score j is above all others, 1/n where n share the top, 0 where another is above: what picking a
/// highest one at random finds.
double share_of_top(const VectorXd& scores, Index j) {
  if (!(scores[j] == scores.maxCoeff())) return 0;
  return 1 / static_cast<double>((scores.array() == scores[j]).count());
}

/// A prefix, and what does not depend on the token that is asked for.
struct PrefixState {
  const LayerTokens& tokens;
  Index t;
  Eigen::MatrixXd a;  // [K, t]
  VectorXcd state;    // S_t
  VectorXd mass;      // sum_m omega_m, [KH]

  PrefixState(const LayerTokens& all, Index length)
      : tokens(all),
        t(length),
        a(shares(all, length)),
        state(sca::experiments::ablation::state(all, length)),
        mass(summed_over_samples(all, all.omega.cast<std::complex<double>>()).real()) {}

  /// a_j v_tau.
  VectorXd weighed(Index j, Index tau) const {
    VectorXd value = tokens.value.col(tau);
    for (Index c = 0; c < value.size(); ++c) value[c] *= a(c / tokens.H, j);
    return value;
  }
};

double cosine_of(const VectorXd& x, const VectorXd& y) {
  const double size = x.norm() * y.norm();
  return size > 0 ? x.dot(y) / size : 0;
}

TheoremReadout read_token(const PrefixState& prefix, Index j) {
  const LayerTokens& tokens = prefix.tokens;
  const VectorXcd query = tokens.wave.col(j).conjugate().cwiseProduct(tokens.omega);
  TheoremReadout out{};
  out.value = summed_over_samples(tokens, query.cwiseProduct(prefix.state)).cwiseQuotient(prefix.mass);
  VectorXd distances(prefix.t);
  VectorXd cosines(prefix.t);
  const VectorXd real = out.value.real();
  for (Index tau = 0; tau < prefix.t; ++tau) {
    const VectorXd candidate = prefix.weighed(j, tau);
    distances[tau] = (real - candidate).squaredNorm();
    cosines[tau] = cosine_of(real, candidate);
  }
  const VectorXd target = prefix.weighed(j, j);
  const VectorXd key = tokens.value.col(j);
  out.error = (out.value - target).norm() / target.norm();
  out.printed = (static_cast<double>(prefix.t) * out.value - key).norm() / key.norm();
  out.nearest = share_of_top(-distances, j);
  out.most_aligned = share_of_top(cosines, j);
  return out;
}

/// 4, 8, 16, ... below L, then L.
std::vector<Index> lengths_up_to(Index L) {
  std::vector<Index> all;
  for (Index t = 4; t < L; t *= 2) all.push_back(t);
  all.push_back(L);
  return all;
}

double share_among(const std::vector<double>& hits) {
  return std::accumulate(hits.begin(), hits.end(), 0.0) / static_cast<double>(hits.size());
}

}  // namespace

TheoremReadout theorem_readout(const LayerTokens& tokens, Index t, Index j) {
  return read_token(PrefixState(tokens, t), j);
}

void TheoremQuery::add(const LayerTokens& tokens) {
  for (const Index t : lengths_up_to(tokens.tokens())) {
    const PrefixState prefix(tokens, t);
    Prefix one;
    for (Index j = 0; j < t; ++j) {
      const TheoremReadout out = read_token(prefix, j);
      one.nearest.push_back(out.nearest);
      one.most_aligned.push_back(out.most_aligned);
      one.errors.push_back(out.error);
      one.printed.push_back(out.printed);
    }
    Prefix& all = by_length_[t];
    all.nearest.push_back(share_among(one.nearest));
    all.most_aligned.push_back(share_among(one.most_aligned));
    all.errors.push_back(median_over_sequences(one.errors));
    all.printed.push_back(median_over_sequences(one.printed));
  }
}

Interval TheoremQuery::top1() const { return mean_over_sequences(by_length_.rbegin()->second.nearest); }

nlohmann::ordered_json TheoremQuery::record() const {
  auto all = nlohmann::ordered_json::array();
  for (const auto& [t, prefix] : by_length_) {
    all.push_back({{"t", t},
                   {"chance", 1 / static_cast<double>(t)},
                   {"top1", as_triple(mean_over_sequences(prefix.nearest))},
                   {"top1_by_direction", as_triple(mean_over_sequences(prefix.most_aligned))},
                   {"error", median_over_sequences(prefix.errors)},
                   {"error_as_printed", median_over_sequences(prefix.printed)}});
  }
  return all;
}

}  // namespace sca::experiments::ablation
