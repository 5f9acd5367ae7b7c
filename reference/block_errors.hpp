#pragma once

#include <functional>

#include "reference/block_sequence.hpp"
#include "reference/rounding_tape.hpp"

namespace sca::reference {

/// One block of a model, its parameters as stored.
struct StoredBlock {
  const ModelConfig& config;
  const Dialect& dialect;
  std::size_t index;
  std::function<Tensor<double>(const std::string& name, const Shape& shape)> parameters;
};

/// What a block's evaluation, in the arithmetic in force, makes of the errors of its input and adds to them.
/// Holds wherever the exact input and the one computed from lie both in `x`.
///
/// shape    x [B, L, D]; rows and columns as x's entries
/// domain   `prefill` tokens at once, the others by steps
RoundingTape::Errors output_errors(const StoredBlock& block, std::size_t prefill, const Tensor<Ball>& x);

/// The same for the gradient of sum(cotangent * out) by x, the tokens being taken at once.
///
/// shape    cotangent [B, L, D]; columns: x's entries, then the cotangent's
/// error    of reverse-mode differentiation of the reference's formulas, any order of summation
RoundingTape::Errors gradient_errors(const StoredBlock& block, const Tensor<Ball>& x,
                                     const Tensor<Ball>& cotangent);

}  // namespace sca::reference
