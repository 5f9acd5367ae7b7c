#pragma once

#include "reference/activation.hpp"
#include "reference/dialect.hpp"
#include "reference/inner_product.hpp"
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

/// e^{i phi} of one token and head with phi_hm = theta_hm u_h: |phi| < max theta, so that no range reduction
/// is needed under the released bounds.
///
/// shape    theta [H, M], u [H] -> re, im [H, M]
/// source   paper section 2.2.4, Step 3
template <class Real>
void turn_elementwise(std::span<const Real> theta, std::span<const Real> u, std::span<Real> re,
                      std::span<Real> im) {
  const std::size_t M = theta.size() / u.size();
  Real phi(0);
  for (std::size_t i = 0; i < theta.size(); ++i) {
    phi = u[i / M];
    phi *= theta[i];
    Scalar<Real>::sin_cos(phi, im[i], re[i]);
  }
}

/// The same with phi_m = sum_h theta_hm u_h in every channel: |phi| < H max theta.
/// source   paper section 2.2.1, whose characteristic function is one of vectors
template <class Real>
void turn_together(std::span<const Real> theta, std::span<const Real> u, std::span<Real> re,
                   std::span<Real> im) {
  const std::size_t M = theta.size() / u.size();
  for (std::size_t m = 0; m < M; ++m) {
    Real phi(0);
    add_inner_product(
        phi, u.size(), [&](std::size_t h) -> const Real& { return theta[h * M + m]; },
        [&](std::size_t h) -> const Real& { return u[h]; });
    Scalar<Real>::sin_cos(phi, im[m], re[m]);
    for (std::size_t i = m + M; i < theta.size(); i += M) {
      re[i] = re[m];
      im[i] = im[m];
    }
  }
}

/// The terms alpha k e^{i phi} of one token, or alpha e^{i phi}, with u = softsign(eta k).
///
/// shape    theta [K, H, M], eta [K], alpha [K], k [K, H] -> re, im [K, H, M]
/// source   paper section 2.2.4, Step 3; section 2.2.1 for what has no gradient
template <class Real>
void encode(const Dialect& dialect, const Tensor<Real>& theta, std::span<const Real> eta,
            std::span<const Real> alpha, std::span<const Real> k, std::span<Real> re, std::span<Real> im) {
  const std::size_t H = theta.shape[1];
  const std::size_t M = theta.shape[2];
  const bool is_plain = dialect.summary == Dialect::Summary::plain;
  const auto turn =
      dialect.phase == Dialect::Phase::elementwise ? turn_elementwise<Real> : turn_together<Real>;
  std::vector<Real> u(H, Real(0));
  for (std::size_t head = 0; head < alpha.size(); ++head) {
    for (std::size_t h = 0; h < H; ++h) u[h] = softsign(Real(eta[head] * k[head * H + h]));
    turn(theta.row(head, H * M), u, re.subspan(head * H * M, H * M), im.subspan(head * H * M, H * M));
    for (std::size_t channel = head * H; channel < (head + 1) * H; ++channel) {
      const Real value = is_plain ? alpha[head] : Real(alpha[head] * k[channel]);
      for (std::size_t i = channel * M; i < (channel + 1) * M; ++i) {
        re[i] *= value;
        im[i] *= value;
      }
    }
  }
}

}  // namespace sca::reference
