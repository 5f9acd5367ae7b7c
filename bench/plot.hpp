#pragma once

#include <string>
#include <vector>

#include "bench/measurement.hpp"

namespace sca::bench {

/// A gnuplot script: nanoseconds a token against L on logarithmic axes, a line each for what differs in
/// anything but L, with the samples' quartiles, and dotted the floors below. errors   InputError where
/// nothing was timed
std::string cost_script(const std::vector<Measurement>& measurements);

}  // namespace sca::bench
