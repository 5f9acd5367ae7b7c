#pragma once

#include <filesystem>
#include <string>

#include "experiments/model/model_spec.hpp"
#include "kernels/network/implementation.hpp"

namespace sca::experiments::ablation {

/// Puts what a specification is trained by to the reference, in this very binary, before anything is
/// trained:
///
///   - every property of every operator, and of the core where it does these rules, on the cases of `sca
///   check` that
///     are cheap;
///   - each kind of block that the model has, at its real sizes, with its initial values: outputs and
///   gradients
///     of float32, within derived bounds;
///   - a small model of the same rules and placement in float64: logits, gradients and steps, end to end.
///
/// What passed once in `folder` is not asked again of the same sources. Returns a digest of everything that
/// was found.
///
/// errors   std::runtime_error that names what is out of its bound
std::string verified(const ModelSpec& spec, const kernels::Implementation<float>& by,
                     const std::filesystem::path& folder);

}  // namespace sca::experiments::ablation
