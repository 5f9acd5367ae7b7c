#pragma once

#include <cstdint>

#include "reference/softmax.hpp"

namespace sca::reference {

/// shape    losses [rows], logits_gradient [rows, vocab]
template <class Real>
struct CrossEntropy {
  Real loss;
  Tensor<Real> losses;
  Tensor<Real> logits_gradient;
};

/// losses_i = log sum_j e^{s_ij} - s_i,label: the surprise at a row's label under softmax(s_i). loss: their
/// mean over the labelled rows; a row whose label is negative counts for nothing, and without a labelled row
/// the loss is 0.
///
/// shape    logits [rows, vocab], labels [rows]
/// domain   labels below vocab
/// source   C. Bishop: Pattern Recognition and Machine Learning (2006), equations 4.108 and 4.109
template <class Real>
CrossEntropy<Real> cross_entropy(const Tensor<Real>& logits, std::span<const std::int64_t> labels) {
  const std::size_t vocab = logits.shape.at(1);
  CrossEntropy<Real> result{Real(0), Tensor<Real>::zeros({labels.size()}), Tensor<Real>::zeros(logits.shape)};
  std::size_t count = 0;
  for (const std::int64_t label : labels) count += label < 0 ? 0 : 1;
  if (count == 0) return result;
  const Real labelled(static_cast<double>(count));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0) continue;
    const auto label = static_cast<std::size_t>(labels[i]);
    const std::span<const Real> s = logits.row(i, vocab);
    result.losses.data[i] = log_sum_exp<Real>(s) - s[label];
    result.loss = result.loss + result.losses.data[i];
    std::vector<Real> p(s.begin(), s.end());
    softmax<Real>(p);
    p[label] = p[label] - Real(1);
    for (std::size_t j = 0; j < vocab; ++j) result.logits_gradient.data[i * vocab + j] = p[j] / labelled;
  }
  result.loss = result.loss / labelled;
  return result;
}

}  // namespace sca::reference
