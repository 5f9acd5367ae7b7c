#pragma once

#include <algorithm>
#include <limits>

#include "kernels/cpu/core/serial/head.hpp"
#include "kernels/operators/operators.hpp"
#include "kernels/operators/serial/activation.hpp"

namespace sca::kernels::serial {

/// What a node lies above the one before it, before the nodes are divided by their last.
template <class Real>
Real theta_step(const GridRules& rules, Real raw) {
  return softplus(raw, static_cast<Real>(rules.softplus_switch)) + static_cast<Real>(rules.theta_increment);
}

/// One channel's nodes [M].
template <class Real>
void bounded_theta(const GridRules& rules, std::int64_t M, const Real* raw, Real* theta) {
  const Real floor = static_cast<Real>(rules.theta_floor);
  const Real span = static_cast<Real>(rules.theta_span);
  if (M == 1) {
    theta[0] = floor + span * sigmoid(raw[0]);
    return;
  }
  Real total = 0;
  for (std::int64_t m = 0; m < M; ++m) {
    total += theta_step(rules, raw[m]);
    theta[m] = total;
  }
  for (std::int64_t m = 0; m < M; ++m) theta[m] = floor + span * theta[m] / total;
}

template <class Real>
void bounded_theta_backward(const GridRules& rules, std::int64_t M, const Real* raw,
                            const Real* theta_gradient, Real* raw_gradient) {
  const Real span = static_cast<Real>(rules.theta_span);
  if (M == 1) {
    raw_gradient[0] += theta_gradient[0] * span * sigmoid_slope(raw[0]);
    return;
  }
  Real total = 0;
  for (std::int64_t m = 0; m < M; ++m) total += theta_step(rules, raw[m]);
  Real by_total = 0;
  Real node = 0;
  for (std::int64_t m = 0; m < M; ++m) {
    node += theta_step(rules, raw[m]);
    by_total -= theta_gradient[m] * (span * node / total / total);
  }
  Real by_step = by_total;  // and by every node from this one on
  for (std::int64_t m = M - 1; m >= 0; --m) {
    by_step += theta_gradient[m] * span / total;
    raw_gradient[m] += softplus_backward(raw[m], static_cast<Real>(rules.softplus_switch), by_step);
  }
}

/// What is subtracted from one channel's raw weights: 0 unless their exponentials' sum overflows, since a
/// difference is rounded.
template <class Real>
Real omega_shift(std::int64_t M, const Real* raw) {
  Real largest = 0;
  Real total = 0;
  for (std::int64_t m = 0; m < M; ++m) {
    if (raw[m] > largest) largest = raw[m];
    total += std::exp(raw[m]);
  }
  return total <= std::numeric_limits<Real>::max() ? Real(0) : largest;
}

/// One channel's weights [M] as quotients: f(m, power, total).
template <class Real, class F>
void normalised_omega(const GridRules& rules, std::int64_t M, const Real* raw, F f) {
  const Real shift = omega_shift(M, raw);
  Real total = 0;
  for (std::int64_t m = 0; m < M; ++m) total += std::exp(raw[m] - shift);
  total += static_cast<Real>(rules.omega_epsilon) * std::exp(-shift);
  for (std::int64_t m = 0; m < M; ++m) f(m, std::exp(raw[m] - shift), total);
}

template <class Real>
void normalised_omega_backward(const GridRules& rules, std::int64_t M, const Real* raw,
                               const Real* omega_gradient, Real* raw_gradient) {
  Real along = 0;
  normalised_omega(rules, M, raw, [&](std::int64_t m, Real power, Real total) {
    along += omega_gradient[m] * (power / total);
  });
  normalised_omega(rules, M, raw, [&](std::int64_t m, Real power, Real total) {
    raw_gradient[m] += power * ((omega_gradient[m] - along) / total);
  });
}

template <class Real>
void grid(const GridForward<Real>& call) {
  const std::int64_t M = call.M;
  const std::int64_t decays = call.K - call.anchors;
  for (std::int64_t i = 0; i < call.K * call.H * M; i += M) {
    const Real* omega_raw = call.omega_raw + i;
    Real* omega = call.omega + i;
    if (call.rules.theta_is_bounded) {
      bounded_theta(call.rules, M, call.theta_raw + i, call.theta + i);
    } else {
      std::copy_n(call.theta_raw + i, M, call.theta + i);
    }
    if (call.rules.omega_is_normalised) {
      normalised_omega(call.rules, M, omega_raw,
                       [&](std::int64_t m, Real power, Real total) { omega[m] = power / total; });
    } else {
      std::copy_n(omega_raw, M, omega);
    }
  }
  for (std::int64_t k = 0; k < call.K; ++k) {
    const Real slope = k < decays ? call.decay_slopes[k] : call.anchor_slopes[k - decays];
    call.rate[k] = softplus(slope, static_cast<Real>(call.rules.softplus_switch));
  }
}

template <class Real>
void grid_backward(const GridBackward<Real>& call) {
  const std::int64_t M = call.M;
  const std::int64_t decays = call.K - call.anchors;
  const auto add = [&](const Real* gradient, Real* raw_gradient) {
    for (std::int64_t m = 0; m < M; ++m) raw_gradient[m] += gradient[m];
  };
  for (std::int64_t i = 0; i < call.K * call.H * M; i += M) {
    if (call.rules.theta_is_bounded) {
      bounded_theta_backward(call.rules, M, call.theta_raw + i, call.theta_gradient + i,
                             call.theta_raw_gradient + i);
    } else {
      add(call.theta_gradient + i, call.theta_raw_gradient + i);
    }
    if (call.rules.omega_is_normalised) {
      normalised_omega_backward(call.rules, M, call.omega_raw + i, call.omega_gradient + i,
                                call.omega_raw_gradient + i);
    } else {
      add(call.omega_gradient + i, call.omega_raw_gradient + i);
    }
  }
  for (std::int64_t k = 0; k < call.K; ++k) {
    const bool is_anchor = k >= decays;
    const Real slope = is_anchor ? call.anchor_slopes[k - decays] : call.decay_slopes[k];
    Real& by_slope = is_anchor ? call.anchor_slopes_gradient[k - decays] : call.decay_slopes_gradient[k];
    by_slope +=
        softplus_backward(slope, static_cast<Real>(call.rules.softplus_switch), call.rate_gradient[k]);
  }
}

}  // namespace sca::kernels::serial
