#pragma once

#include <Eigen/Core>

#include "reference/layer.hpp"

namespace sca::experiments::ablation {

/// What the tokens of one sequence are to one SCA layer, in double, from reference's trace of it: token tau's
/// f = vec(k e^{i phi}), and what the layer weighs and reads it with. S_t = sum_{tau < t} a_tau f_tau is the
/// normalised state R^ + i I^ behind t tokens.
///
/// shape    wave, f, reading [KHM, L]: a column a token; value [KH, L]; arrival [K, L]; discount [K];
///          omega [KHM]
/// source   the protocol's section on the retrieval probe
struct LayerTokens {
  std::int64_t K, H, M;
  std::int64_t taps;  // of the convolution before: how many keys a token is seen by
  reference::Dialect dialect;
  Eigen::MatrixXd value;     // k, or 1 where the summary is plain
  Eigen::MatrixXcd wave;     // e^{i phi}
  Eigen::MatrixXcd f;        // value wave
  Eigen::MatrixXcd reading;  // omega conj(q), over sqrt(H) where the dialect has it: o is its product with S
  Eigen::MatrixXd arrival;   // alpha as the token comes in
  Eigen::VectorXd discount;  // of what is there, a token; 1 under absolute decay
  Eigen::VectorXd omega;

  Eigen::Index tokens() const { return f.cols(); }
  /// The head that row i of f belongs to.
  Eigen::Index head(Eigen::Index i) const { return i / (H * M); }
};

/// domain   a trace of one sequence, of core or core_recursive as the dialect's step_decay says
LayerTokens layer_tokens(const reference::Layer<double>& layer, const reference::LayerTrace<double>& trace);

/// a_tau = alpha_tau / Z of the first t tokens, by the weights that they have behind t tokens.
/// shape    [K, t]
Eigen::MatrixXd shares(const LayerTokens& tokens, Eigen::Index t);

/// a_tau f_tau of each of the first t tokens: their sum is S_t.
/// shape    [KHM, t]
Eigen::MatrixXcd contributions(const LayerTokens& tokens, Eigen::Index t);

/// S_t. shape: [KHM]
Eigen::VectorXcd state(const LayerTokens& tokens, Eigen::Index t);

/// sum_m x_khm. shape: [KHM, n] -> [KH, n]
Eigen::MatrixXcd summed_over_samples(const LayerTokens& tokens, const Eigen::MatrixXcd& x);

/// What the token at position t reads from a state: o_re + i o_im of every channel.
/// shape    state [KHM, n] -> [KH, n]
Eigen::MatrixXcd read_by(const LayerTokens& tokens, Eigen::Index t, const Eigen::MatrixXcd& states);

/// Real and imaginary parts, one below the other. shape: [n, t] -> [2n, t]
Eigen::MatrixXd as_real(const Eigen::MatrixXcd& x);

}  // namespace sca::experiments::ablation
