#pragma once

#include "reference/model.hpp"

namespace sca::reference {

/// Tokens first … first + count - 1 of every row. shape: x [B, L, …] -> [B, count, …]
template <class Real>
Tensor<Real> tokens(const Tensor<Real>& x, std::size_t first, std::size_t count) {
  Tensor<Real> result{x.shape, {}};
  result.shape[1] = count;
  const std::size_t width = volume(x.shape) / (x.shape[0] * x.shape[1]);
  for (std::size_t b = 0; b < x.shape[0]; ++b) {
    const auto part = x.row(b, x.shape[1] * width).subspan(first * width, count * width);
    result.data.insert(result.data.end(), part.begin(), part.end());
  }
  return result;
}

/// Tensors of one token each, in a row. shape: L times [B, …] -> [B, L, …]
template <class Real>
Tensor<Real> in_sequence(const std::vector<Tensor<Real>>& tokens) {
  Tensor<Real> result{tokens.at(0).shape, {}};
  const std::size_t B = result.shape[0];
  result.shape.insert(result.shape.begin() + 1, tokens.size());
  for (std::size_t b = 0; b < B; ++b) {
    for (const auto& token : tokens) {
      const auto part = token.row(b, token.data.size() / B);
      result.data.insert(result.data.end(), part.begin(), part.end());
    }
  }
  return result;
}

template <class Real>
auto state_before(const ScaBlock<Real>& block, std::size_t B) {
  return initial_state<Real>(block.attn.config, B);
}
template <class Real>
auto state_before(const TransformerBlock<Real>& block, std::size_t B) {
  return initial_state<Real>(block.config, B);
}
template <class Real>
auto state_after(const ScaBlock<Real>& block, const LayerTrace<Real>& trace) {
  return final_state(block.attn.config, trace);
}
template <class Real>
auto state_after(const TransformerBlock<Real>&, const BlockTrace<Real>& trace) {
  return trace.state;
}

/// A block over a sequence: the first `prefill` tokens at once, then one by one from the state that they
/// left.
///
/// shape    x [B, L, D] -> [B, L, D], B and L positive
/// domain   prefill <= L
template <class Real>
Tensor<Real> run(const Block<Real>& block, const Tensor<Real>& x, std::size_t prefill) {
  return std::visit(
      [&](const auto& one) {
        if (prefill == x.shape[1]) return forward(one, x).out;
        auto state = state_before(one, x.shape[0]);
        std::vector<Tensor<Real>> rows;
        if (prefill > 0) {
          const auto trace = forward(one, tokens(x, 0, prefill));
          state = state_after(one, trace);
          for (std::size_t t = 0; t < prefill; ++t) rows.push_back(slice(trace.out, t));
        }
        for (std::size_t t = prefill; t < x.shape[1]; ++t) rows.push_back(step(one, slice(x, t), state));
        return in_sequence(rows);
      },
      block);
}

}  // namespace sca::reference
