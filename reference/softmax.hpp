#pragma once

#include "reference/tensor.hpp"

namespace sca::reference {

/// The number near the largest score that softmax subtracts.
/// domain   at least one score
template <class Real>
Real softmax_shift(std::span<const Real> scores) {
  Real top = scores[0];
  for (const Real& score : scores) top = larger(top, score);
  return Scalar<Real>::representative(top);
}

/// e^{s_i} / sum_j e^{s_j}, in place. The largest score is subtracted first; the shift cancels exactly, so
/// that an interval may take any point for it.
///
/// domain   at least one score
template <class Real>
void softmax(std::span<Real> scores) {
  using std::exp;
  const Real shift = softmax_shift<Real>(scores);
  Real total(0);
  for (Real& score : scores) {
    score = exp(Real(score - shift));
    total = total + score;
  }
  for (Real& score : scores) score = score / total;
}

/// log sum_j e^{s_j}, with softmax's shift.
///
/// domain   at least one score
template <class Real>
Real log_sum_exp(std::span<const Real> scores) {
  using std::exp;
  using std::log;
  const Real shift = softmax_shift<Real>(scores);
  Real total(0);
  for (const Real& score : scores) total = total + Real(exp(Real(score - shift)));
  return shift + Real(log(total));
}

}  // namespace sca::reference
