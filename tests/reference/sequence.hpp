#pragma once

#include <algorithm>
#include <cstddef>

#include "reference/accumulate.hpp"

namespace sca::reference::test {

/// Tokens from … to - 1 of every row.
template <class Real>
Tensor<Real> window(const Tensor<Real>& x, std::size_t from, std::size_t to) {
  const std::size_t width = x.shape[2];
  Tensor<Real> result{{x.shape[0], to - from, width}, {}};
  for (std::size_t b = 0; b < x.shape[0]; ++b) {
    const auto part = x.row(b, x.shape[1] * width).subspan(from * width, (to - from) * width);
    result.data.insert(result.data.end(), part.begin(), part.end());
  }
  return result;
}

/// What a layer's or block's steps give over tokens `from` … of x, rows [B, L - from, D].
template <class Stepped, class Real, class State>
Tensor<Real> steps(const Stepped& layer, const Tensor<Real>& x, State& state, std::size_t from = 0) {
  const std::size_t B = x.shape[0];
  const std::size_t L = x.shape[1] - from;
  const std::size_t D = x.shape[2];
  auto out = Tensor<Real>::zeros({B, L, D});
  for (std::size_t t = 0; t < L; ++t) {
    const Tensor<Real> row = step(layer, slice(x, from + t), state);
    for (std::size_t b = 0; b < B; ++b) std::ranges::copy(row.row(b, D), out.row(b * L + t, D).begin());
  }
  return out;
}

}  // namespace sca::reference::test
