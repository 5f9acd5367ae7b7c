#pragma once

#include <cstdint>

#include "kernels/operators/operators.hpp"

namespace sca::kernels {

/// An array of weights rounded to bf16, in the layout of the one that they were rounded from.
template <class Real>
struct Bf16Weights {
  const Real* of;
  const BFloat16* stored;

  const BFloat16* at(const Real* weight) const { return stored + (weight - of); }
};

/// What the parts of a network are computed by.
template <class Real>
struct Implementation {
  const Operators<Real>* operators;
  const sca_core_kernel* core;  // of the same precision
  std::int32_t threads;         // as in the operators' calls
  Bf16Weights<Real> bf16{};     // none: weights are read as they are

  // The operators that read matrices, from bf16 where there is. domain: there, every weight is one of the
  // array that was rounded
  void linear(const LinearForward<Real>& c) const {
    if (bf16.stored == nullptr) return operators->linear(c);
    operators->linear_bf16({c.rows, c.in, c.out, c.x, bf16.at(c.weight), c.bias, c.y, c.adds, c.threads});
  }
  void readout(const ReadoutForward<Real>& c) const {
    if (bf16.stored == nullptr) return operators->readout(c);
    operators->readout_bf16(
        {c.rows, c.K, c.width, c.E, c.silu, c.v, bf16.at(c.weight), c.both, c.y, c.threads});
  }
  void embedding(const EmbeddingForward<Real>& c) const {
    if (bf16.stored == nullptr) return operators->embedding(c);
    operators->embedding_bf16({c.rows, c.vocab, c.width, c.ids, bf16.at(c.table), c.x, c.threads});
  }
};

}  // namespace sca::kernels
