#pragma once

#include <span>
#include <vector>

#include "theory/complex.hpp"

namespace sca {

/// x / (1 + |x|), in (-1, 1).
/// source   paper section 2.2.4, Step 3
template <class Real>
Real softsign(const Real& x) {
  using std::abs;
  return x / (Real(1) + Real(abs(x)));
}

/// R + i I and Z of one channel: sum_tau alpha k e^{i theta_m softsign(eta k)} and sum_tau alpha.
///
/// shape    sums [M]
template <class Real>
struct ChannelState {
  std::vector<Complex<Real>> sums;
  Real weight{0};
};

/// The state of one channel (one head k, one coordinate h) with the layer's elementwise phase. It sees the
/// channel's own scalars and nothing of the other coordinates, which is why it cannot bind them.
///
/// shape    theta [M], alpha [t], scalars [t]
/// error    none beyond the scalar's own
/// source   paper section 2.2.4, Steps 3 and 4
template <class Real>
ChannelState<Real> channel_state(std::span<const Real> theta, std::span<const Real> alpha,
                                 std::span<const Real> scalars, const Real& eta) {
  ChannelState<Real> state;
  state.sums.resize(theta.size());
  for (std::size_t k = 0; k < scalars.size(); ++k) {
    const Real u = softsign(Real(eta * scalars[k]));
    const Real value = alpha[k] * scalars[k];
    for (std::size_t m = 0; m < theta.size(); ++m) state.sums[m] += expi(Real(theta[m] * u)) * value;
    state.weight = state.weight + alpha[k];
  }
  return state;
}

/// d/dk of k e^{i theta softsign(eta k)} = e^{i theta u} (1 + i theta eta k / (1 + |eta k|)^2), u =
/// softsign(eta k).
///
/// domain   every k: softsign is continuously differentiable at 0 too
template <class Real>
Complex<Real> encoding_derivative(const Real& theta, const Real& k, const Real& eta) {
  using std::abs;
  const Real scale = Real(1) + Real(abs(Real(eta * k)));
  const Complex<Real> slope{Real(1), theta * eta * k / square(scale)};
  return expi(Real(theta * softsign(Real(eta * k)))) * slope;
}

}  // namespace sca
