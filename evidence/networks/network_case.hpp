#pragma once

#include "evidence/operators/definition.hpp"
#include "reference/dialect.hpp"
#include "reference/model_config.hpp"

namespace sca::evidence::networks {

/// A hybrid model as cases have it: sizes, parameters under the released names, token ids. What its kernels
/// and its reference compute is not one function, so that it has none here
/// (evidence/kernels/network_properties.hpp).
const operators::Definition& definition();

/// The cases of `sca check`: small ones, in both dialects by turns.
std::vector<operators::OperatorCase> fixed_cases(std::uint64_t seed);

// Of a case of it:
reference::ModelConfig config_of(const operators::OperatorCase& one);
reference::Dialect dialect_of(const operators::OperatorCase& one);
/// Tokens that decoding begins with at once.
std::size_t prefill_of(const operators::OperatorCase& one);
/// shape    [B, L, vocab]
reference::Shape logits_shape(const operators::OperatorCase& one);

}  // namespace sca::evidence::networks
