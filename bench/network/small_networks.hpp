#pragma once

#include "evidence/judge/dump.hpp"
#include "kernels/network/sizes.hpp"

namespace sca::bench {

/// Inputs and parameters of networks that are judged before larger ones are timed, in the format of
/// docs/check-your-implementation.md, of sizes that divide nothing.

/// An SCA layer, and what its gradients are taken of.
evidence::judge::Dump small_layer();

/// Two SCA blocks and a transformer block; `by` anything that runs.
evidence::judge::Dump small_model(const kernels::Implementation<float>& by);

}  // namespace sca::bench
