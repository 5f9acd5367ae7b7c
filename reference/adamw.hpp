#pragma once

#include <cmath>
#include <cstdint>

#include "theory/scalar.hpp"

namespace sca::reference {

/// What AdamW is set to; `scale` multiplies the gradient, as clipping does.
struct AdamWRates {
  std::int64_t step = 1;  // from 1 on
  double rate = 0;
  double beta1 = 0;
  double beta2 = 0;
  double epsilon = 0;
  double decay = 0;
  double scale = 1;
};

/// One parameter and its first and second moment.
template <class Real>
struct AdamWState {
  Real p;
  Real m;
  Real v;
};

/// One step: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
/// p = (1 - rate decay) p - rate / (1 - beta1^step) m / (sqrt(v) / sqrt(1 - beta2^step) + epsilon).
///
/// domain   v >= 0
/// error    what depends on the rates alone is formed in double, and rounded once to Real
/// source   I. Loshchilov, F. Hutter: Decoupled weight decay regularization (2019), algorithm 2, in the order
///          of torch.optim.AdamW
template <class Real>
AdamWState<Real> adamw(const AdamWRates& rates, const AdamWState<Real>& before, const Real& gradient) {
  using std::sqrt;
  const auto steps = static_cast<double>(rates.step);
  const double first_correction = 1 - std::pow(rates.beta1, steps);
  const double second_correction = 1 - std::pow(rates.beta2, steps);
  const Real g = Real(rates.scale) * gradient;
  const Real m = Real(Real(rates.beta1) * before.m) + Real(Real(1 - rates.beta1) * g);
  const Real v = Real(Real(rates.beta2) * before.v) + Real(Real(Real(1 - rates.beta2) * g) * g);
  const Real root = sqrt(v) / Real(std::sqrt(second_correction));
  const Real kept = Real(1 - rates.rate * rates.decay) * before.p;
  const Real change = Real(rates.rate / first_correction) * Real(m / Real(root + Real(rates.epsilon)));
  return {kept - change, m, v};
}

}  // namespace sca::reference
