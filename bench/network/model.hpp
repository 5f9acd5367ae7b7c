#pragma once

#include <memory>

#include "bench/network/subject.hpp"
#include "bench/timed.hpp"

namespace sca::bench {

/// An operation of a model (models.hpp). `tokens`: the context that a decoded token sees, or those of a
/// prefill; of a training step they are fixed.
///
/// A decode stands at its position from call to call: a cache holds zeros for the tokens before, which cost
/// what others do. A prefill begins anew each time. A training goes on.
std::unique_ptr<Timed> timed_model(const NetworkSubject& subject, std::int64_t tokens, int threads);

/// About what it takes in memory.
double model_bytes(NetworkOperation operation, std::int64_t tokens);

/// The tokens of a training step: B sequences of L.
inline constexpr std::int64_t training_B = 64, training_L = 32;

}  // namespace sca::bench
