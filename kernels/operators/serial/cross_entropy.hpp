#pragma once

#include <algorithm>
#include <cmath>

#include "kernels/operators/operators.hpp"

namespace sca::kernels::serial {

/// The loss of one row s [vocab], and its gradient over `count`; null: not wanted.
template <class Real>
Real row_cross_entropy(const Real* s, std::int64_t vocab, std::int64_t label, std::int64_t count,
                       Real* by_s) {
  Real top = s[0];
  for (std::int64_t j = 1; j < vocab; ++j) {
    if (top < s[j]) top = s[j];
  }
  Real total = 0;
  for (std::int64_t j = 0; j < vocab; ++j) total += std::exp(s[j] - top);
  if (by_s != nullptr) {
    for (std::int64_t j = 0; j < vocab; ++j) {
      const Real expected = std::exp(s[j] - top) / total;
      by_s[j] = (expected - Real(j == label ? 1 : 0)) / static_cast<Real>(count);
    }
  }
  return top - s[label] + std::log(total);
}

template <class Real>
void cross_entropy(const CrossEntropy<Real>& call) {
  const auto is_labelled = [](std::int64_t label) { return label >= 0; };
  const std::int64_t count = std::count_if(call.labels, call.labels + call.rows, is_labelled);
  Real sum = 0;
  for (std::int64_t i = 0; i < call.rows; ++i) {
    const std::int64_t at = i * call.vocab;
    Real* by_s = call.logits_gradient == nullptr ? nullptr : call.logits_gradient + at;
    call.losses[i] = 0;
    if (is_labelled(call.labels[i])) {
      call.losses[i] = row_cross_entropy(call.logits + at, call.vocab, call.labels[i], count, by_s);
      sum += call.losses[i];
    } else if (by_s != nullptr) {
      std::fill_n(by_s, call.vocab, Real(0));
    }
  }
  *call.loss = count == 0 ? Real(0) : sum / static_cast<Real>(count);
}

}  // namespace sca::kernels::serial
