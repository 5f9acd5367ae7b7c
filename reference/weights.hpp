#pragma once

#include <algorithm>
#include <vector>

#include "reference/activation.hpp"
#include "reference/dialect.hpp"
#include "reference/layer_parameters.hpp"
#include "reference/mix.hpp"

namespace sca::reference {

/// lambda_k = softplus(slope_k) > 0: decay heads first, then anchors.
/// shape    [K]
template <class Real>
std::vector<Real> decay_rates(const LayerConfig& c, const Dialect& dialect, const LayerParameters<Real>& p) {
  std::vector<Real> rates;
  for (std::size_t k = 0; k < c.K; ++k) {
    const bool anchor = k >= c.decays();
    const Real& slope = anchor ? p.anchor_slopes.data[k - c.decays()] : p.decay_slopes.data[k];
    rates.push_back(softplus(slope, dialect.softplus_switch));
  }
  return rates;
}

/// d(t): a decay head's distance to the boundary n - 1, an anchor head's distance to the start.
/// source   paper section 2.2.4, Step 2, which leaves d(t) open; the released code
inline long distance(const LayerConfig& c, const Dialect& dialect, std::size_t k, long t, long n) {
  if (k >= c.decays()) return t;
  const long distance = n - 1 - t;
  return dialect.saturate_distance ? std::max(distance, 0L) : distance;
}

/// softplus(gamma s + beta), the content gate of head k.
template <class Real>
Real content_gate(const Dialect& dialect, const LayerParameters<Real>& p, std::size_t k, const Real& s) {
  const Real score = Real(p.score_scale.data[k] * s) + p.score_bias.data[k];
  return softplus(score, dialect.softplus_switch);
}

/// alpha = gate * e^{-rate * steps}, clamped where the dialect clamps.
///
/// domain   steps may be negative (only without saturation)
/// error    an interval across a clamp's bound gets the clamp's range over it
/// source   paper section 2.2.4, Step 2
template <class Real>
Real contribution_weight(const Dialect& dialect, const Real& gate, const Real& rate, long steps) {
  using std::exp;
  const Real decay = exp(Real(-Real(rate * Real(static_cast<double>(steps)))));
  Real weight = gate * decay;
  if (!dialect.weight_clamp) return weight;
  return clamp(weight, Real(dialect.weight_clamp->low), Real(dialect.weight_clamp->high));
}

/// alpha of every token and head, positions counted towards n.
///
/// shape    z [B, L, C] -> alpha [B, L, K]
template <class Real>
Tensor<Real> weights(const LayerConfig& c, const Dialect& dialect, const LayerParameters<Real>& p,
                     const std::vector<Real>& rates, const Tensor<Real>& z, long n) {
  const std::size_t L = z.shape[1];
  auto alpha = Tensor<Real>::zeros({z.shape[0], L, c.K});
  for (std::size_t i = 0; i < z.shape[0] * L; ++i) {
    const auto s = branches(c, z.row(i, c.C())).s;
    for (std::size_t k = 0; k < c.K; ++k) {
      const long steps = distance(c, dialect, k, static_cast<long>(i % L), n);
      alpha.data[i * c.K + k] =
          contribution_weight(dialect, content_gate(dialect, p, k, s[k]), rates[k], steps);
    }
  }
  return alpha;
}

}  // namespace sca::reference
