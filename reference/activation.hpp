#pragma once

#include <optional>
#include <span>

#include "reference/channel.hpp"

namespace sca::reference {

/// 1 / (1 + e^-x). Overflow of e^-x is harmless: the quotient is then 0.
template <class Real>
Real sigmoid(const Real& x) {
  using std::exp;
  return Real(1) / Real(Real(1) + Real(exp(Real(-x))));
}

/// x sigmoid(x), never below -0.27846454…
template <class Real>
Real silu(const Real& x) {
  return Real(x * sigmoid(x));
}

/// A gated linear unit: the first half of `both` times the activation of its second.
/// shape    both [2 n] -> y [n]
template <class Real, class Activation>
void glu(std::span<const Real> both, std::span<Real> y, Activation activation) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = both[i] * activation(both[y.size() + i]);
}

/// log(1 + e^x), or x itself above `linear_above` where a dialect says so (an error of e^-20 = 2e-9 at 20).
///
/// error    an interval around the switch gets the hull of both formulas
/// source   PyTorch's softplus; the paper has no switch
template <class Real>
Real softplus(const Real& x, const std::optional<double>& linear_above) {
  using std::exp;
  using std::log1p;
  if (!linear_above) return softplus(x);
  return Scalar<Real>::branch(
      x, Real(*linear_above), [&] { return x; }, [&] { return Real(log1p(Real(exp(x)))); });
}

}  // namespace sca::reference
