#pragma once

#include "reference/tensor.hpp"

namespace sca::reference {

/// Replaces x by its inclusive prefix sums along axis 1, in sequence.
///
/// shape    x [B, L, …]
/// error    a chain of L - 1 additions
/// source   paper section 2.2.4, Step 4
template <class Real>
void prefix_sum(Tensor<Real>& x) {
  const std::size_t L = x.shape[1];
  if (x.data.empty()) return;
  const std::size_t width = x.data.size() / (x.shape[0] * L);
  for (std::size_t i = 0; i < x.shape[0] * L; ++i) {
    if (i % L == 0) continue;
    const std::span<const Real> before = x.row(i - 1, width);
    const std::span<Real> now = x.row(i, width);
    for (std::size_t j = 0; j < width; ++j) now[j] += before[j];
  }
}

/// state += term, entry by entry.
template <class Real>
void add(std::span<Real> state, std::span<const Real> term) {
  for (std::size_t j = 0; j < state.size(); ++j) state[j] += term[j];
}

/// The entries of axis 1 at index t.
/// shape    x [B, L, …] -> [B, …]
template <class Real>
Tensor<Real> slice(const Tensor<Real>& x, std::size_t t) {
  Tensor<Real> result{x.shape, {}};
  result.shape.erase(result.shape.begin() + 1);
  const std::size_t width = volume(result.shape) / (x.shape[0] == 0 ? 1 : x.shape[0]);
  for (std::size_t b = 0; b < x.shape[0]; ++b) {
    const auto row = x.row(b * x.shape[1] + t, width);
    result.data.insert(result.data.end(), row.begin(), row.end());
  }
  return result;
}

}  // namespace sca::reference
