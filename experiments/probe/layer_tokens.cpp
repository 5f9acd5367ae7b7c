#include "experiments/probe/layer_tokens.hpp"

#include <cmath>
#include <complex>

#include "reference/recursive_decay.hpp"

namespace sca::experiments::ablation {
namespace {

using Eigen::Index;
using Eigen::MatrixXcd;
using Eigen::MatrixXd;
using Eigen::VectorXcd;
using Eigen::VectorXd;

Index index(std::size_t n) { return static_cast<Index>(n); }

/// e^{i phi} of one token.
VectorXcd wave_of(const reference::Layer<double>& layer, std::span<const double> key) {
  const reference::LayerConfig& c = layer.config;
  reference::Dialect plain = layer.dialect;
  plain.summary = reference::Dialect::Summary::plain;
  const std::vector<double> ones(c.K, 1.0);
  std::vector<double> re(c.KHM());
  std::vector<double> im(c.KHM());
  reference::encode<double>(plain, layer.grid.theta, layer.parameters.phase_scale.data, ones, key, re, im);
  VectorXcd wave(index(c.KHM()));
  for (std::size_t i = 0; i < re.size(); ++i) wave[index(i)] = {re[i], im[i]};
  return wave;
}

/// omega conj(q) of one token.
VectorXcd reading_of(const reference::Layer<double>& layer, std::span<const double> query) {
  const reference::LayerConfig& c = layer.config;
  const double root = layer.dialect.readout_over_root_h ? std::sqrt(static_cast<double>(c.H)) : 1.0;
  VectorXcd reading(index(c.KHM()));
  for (std::size_t i = 0; i < c.KHM(); ++i) {
    const std::size_t head = i / (c.H * c.M) / c.n();
    const std::size_t j = 2 * (head * c.H * c.M + i % (c.H * c.M));
    reading[index(i)] = layer.grid.omega.data[i] / root * std::complex(query[j], -query[j + 1]);
  }
  return reading;
}

}  // namespace

LayerTokens layer_tokens(const reference::Layer<double>& layer, const reference::LayerTrace<double>& trace) {
  const reference::LayerConfig& c = layer.config;
  const Index L = index(trace.z_act.shape[1]);
  const Index KHM = index(c.KHM());
  LayerTokens all{.K = index(c.K),
                  .H = index(c.H),
                  .M = index(c.M),
                  .taps = index(c.ck),
                  .dialect = layer.dialect,
                  .value = MatrixXd::Ones(index(c.KH()), L),
                  .wave = MatrixXcd(KHM, L),
                  .f = MatrixXcd(KHM, L),
                  .reading = MatrixXcd(KHM, L),
                  .arrival = Eigen::Map<const MatrixXd>(trace.p_w.data.data(), index(c.K), L),
                  .discount = VectorXd::Ones(index(c.K)),
                  .omega = Eigen::Map<const VectorXd>(layer.grid.omega.data.data(), KHM)};
  for (Index t = 0; t < L; ++t) {
    const auto z = reference::branches(c, trace.z_act.row(static_cast<std::size_t>(t), c.C()));
    if (layer.dialect.summary == reference::Dialect::Summary::gradient)
      all.value.col(t) = Eigen::Map<const VectorXd>(z.k.data(), index(c.KH()));
    all.wave.col(t) = wave_of(layer, z.k);
    for (Index i = 0; i < KHM; ++i) all.f(i, t) = all.value(i / all.M, t) * all.wave(i, t);
    all.reading.col(t) = reading_of(layer, z.q);
  }
  if (layer.dialect.step_decay == reference::Dialect::StepDecay::recursive) {
    const std::vector<double> factors = reference::discounts(layer);
    all.discount = Eigen::Map<const VectorXd>(factors.data(), all.K);
  }
  return all;
}

MatrixXd shares(const LayerTokens& tokens, Index t) {
  MatrixXd a = tokens.arrival.leftCols(t);
  for (Index k = 0; k < tokens.K; ++k) {
    for (Index tau = 0; tau < t; ++tau)
      a(k, tau) *= std::pow(tokens.discount[k], static_cast<double>(t - 1 - tau));
    a.row(k) *= reference::inverse_weight(tokens.dialect, a.row(k).sum());
  }
  return a;
}

MatrixXcd contributions(const LayerTokens& tokens, Index t) {
  const MatrixXd a = shares(tokens, t);
  MatrixXcd all = tokens.f.leftCols(t);
  for (Index i = 0; i < all.rows(); ++i) all.row(i).array() *= a.row(tokens.head(i)).array();
  return all;
}

VectorXcd state(const LayerTokens& tokens, Index t) { return contributions(tokens, t).rowwise().sum(); }

MatrixXcd summed_over_samples(const LayerTokens& tokens, const MatrixXcd& x) {
  MatrixXcd sums(x.rows() / tokens.M, x.cols());
  for (Index c = 0; c < sums.rows(); ++c) sums.row(c) = x.middleRows(c * tokens.M, tokens.M).colwise().sum();
  return sums;
}

MatrixXcd read_by(const LayerTokens& tokens, Index t, const MatrixXcd& states) {
  return summed_over_samples(tokens, tokens.reading.col(t).asDiagonal() * states);
}

MatrixXd as_real(const MatrixXcd& x) {
  MatrixXd both(2 * x.rows(), x.cols());
  both << x.real(), x.imag();
  return both;
}

}  // namespace sca::experiments::ablation
