#pragma once

#include "reference/activation.hpp"
#include "reference/dialect.hpp"
#include "reference/layer_parameters.hpp"

namespace sca::reference {

/// The nodes and weights that a layer's parameters stand for; they do not depend on the input.
/// shape    theta, omega [K, H, M]
template <class Real>
struct SpectralGrid {
  Tensor<Real> theta;
  Tensor<Real> omega;
};

/// theta of one channel: floor + span sigmoid(raw) for M = 1; for M > 1 increasing nodes, the cumulative sums
/// of softplus(raw) + increment over their total, so that the last is floor + span whatever the parameters.
template <class Real>
void bounded_theta(const Dialect& dialect, std::span<const Real> raw, std::span<Real> theta) {
  const Real floor = Real(dialect.theta_floor);
  const Real span = Real(dialect.theta_span);
  if (raw.size() == 1) {
    theta[0] = floor + Real(span * sigmoid(raw[0]));
    return;
  }
  Real total(0);
  for (std::size_t m = 0; m < raw.size(); ++m) {
    total = total + Real(softplus(raw[m], dialect.softplus_switch) + Real(dialect.theta_increment));
    theta[m] = total;
  }
  for (Real& node : theta) node = floor + Real(Real(span * node) / total);
}

/// omega of one channel: e^raw / (sum e^raw + epsilon).
template <class Real>
void normalised_omega(const Dialect& dialect, std::span<const Real> raw, std::span<Real> omega) {
  using std::exp;
  Real total(0);
  for (std::size_t m = 0; m < raw.size(); ++m) {
    omega[m] = exp(raw[m]);
    total = total + omega[m];
  }
  total = total + Real(dialect.omega_epsilon);
  for (Real& weight : omega) weight = weight / total;
}

/// source   paper section 2.2.4, Steps 3 and 5
template <class Real>
SpectralGrid<Real> spectral_grid(const LayerConfig& c, const Dialect& dialect,
                                 const LayerParameters<Real>& p) {
  SpectralGrid<Real> grid{{{c.K, c.H, c.M}, p.theta_raw.data}, {{c.K, c.H, c.M}, p.w_int_raw.data}};
  for (std::size_t i = 0; i < c.KH(); ++i) {
    if (dialect.theta == Dialect::Theta::bounded) {
      bounded_theta<Real>(dialect, p.theta_raw.row(i, c.M), grid.theta.row(i, c.M));
    }
    if (dialect.omega == Dialect::Omega::normalised) {
      normalised_omega<Real>(dialect, p.w_int_raw.row(i, c.M), grid.omega.row(i, c.M));
    }
  }
  return grid;
}

/// The terms alpha k e^{i phi} of one token, phi = theta softsign(eta k): |phi| < max theta, so that no range
/// reduction is needed under the released bounds.
///
/// shape    theta [K, H, M], eta [K], alpha [K], k [K, H] -> re, im [K, H, M]
/// source   paper section 2.2.4, Step 3
template <class Real>
void encode(const Tensor<Real>& theta, std::span<const Real> eta, std::span<const Real> alpha,
            std::span<const Real> k, std::span<Real> re, std::span<Real> im) {
  const std::size_t H = theta.shape[1];
  const std::size_t M = theta.shape[2];
  Real phi(0);
  for (std::size_t channel = 0; channel < k.size(); ++channel) {
    const std::size_t head = channel / H;
    const Real u = softsign(Real(eta[head] * k[channel]));
    const Real value = alpha[head] * k[channel];
    for (std::size_t i = channel * M; i < (channel + 1) * M; ++i) {
      phi = u;
      phi *= theta.data[i];
      Scalar<Real>::sin_cos(phi, im[i], re[i]);
      re[i] *= value;
      im[i] *= value;
    }
  }
}

}  // namespace sca::reference
