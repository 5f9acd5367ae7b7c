#pragma once

#include <memory>

#include "bench/network/subject.hpp"
#include "bench/timed.hpp"

namespace sca::bench {

/// An SCA layer's operation at a shape of the core, D = K H; a step takes L = 1. Steps go from layer to
/// layer, as many as the largest cache does not hold twice: in a network others come between two steps of
/// one. A training's gradients by the parameters add up from call to call.
std::unique_ptr<Timed> timed_layer(const NetworkSubject& subject, const sca_core_shape& shape, int threads);

/// About what it takes in memory, the core's workspace apart.
double layer_bytes(NetworkOperation operation, const sca_core_shape& shape);

}  // namespace sca::bench
