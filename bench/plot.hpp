#pragma once

#include "bench/measurement.hpp"
#include "evidence/plot/figure.hpp"

namespace sca::bench {

/// Nanoseconds a token against L: a panel for each operation, precision, shape and number of threads, a line
/// for each kernel with its samples' quartiles, and the floors as thin lines. Decodes at several contexts get
/// panels of their own (context_panels.hpp).
/// errors   InputError where nothing was timed
evidence::Figure cost_figure(const std::vector<Measurement>& measurements,
                             const nlohmann::ordered_json& provenance);

}  // namespace sca::bench
