#pragma once

#include <map>
#include <string>

#include "evidence/judge/dump.hpp"
#include "reference/bounded.hpp"
#include "reference/dialect.hpp"
#include "reference/tensor.hpp"

namespace sca::evidence::judge {

template <class Value>
using Tensors = std::map<std::string, reference::Tensor<Value>>;

/// How a composition's later stages begin.
enum class Stages {
  chained,  // with the reference's own results: errors compound over the layer
  stored    // with the file's, exactly as stored, where it has them
};

/// All results that `dump` has and the reference knows, recomputed from the dump's inputs: forward, its
/// intermediates, steps and states, gradients of sum(out * G).
///
/// domain   results whose names state another precision are asked for by their base name
/// error    that of Value; gradients by reverse-mode differentiation of the same definition
template <class Value>
Tensors<Value> recompute(const Dump& dump, const reference::Dialect& dialect, Stages stages);

extern template Tensors<reference::Bounded> recompute(const Dump&, const reference::Dialect&, Stages);
extern template Tensors<double> recompute(const Dump&, const reference::Dialect&, Stages);

}  // namespace sca::evidence::judge
