#pragma once

#include "reference/tensor.hpp"

namespace sca::reference {

/// e^{s_i} / sum_j e^{s_j}, in place. The largest score is subtracted first; the shift cancels exactly, so
/// that an interval may take any point for it.
///
/// domain   at least one score
template <class Real>
void softmax(std::span<Real> scores) {
  using std::exp;
  Real top = scores[0];
  for (const Real& score : scores) top = larger(top, score);
  const Real shift = Scalar<Real>::representative(top);
  Real total(0);
  for (Real& score : scores) {
    score = exp(Real(score - shift));
    total = total + score;
  }
  for (Real& score : scores) score = score / total;
}

}  // namespace sca::reference
