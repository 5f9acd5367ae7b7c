#pragma once

#include <iosfwd>
#include <vector>

#include "bench/compare.hpp"

namespace sca::bench {

/// The table of a run.
void print(std::ostream& out, const std::vector<Measurement>& measurements, bool colour);

/// The table of two runs.
void print(std::ostream& out, const std::vector<Comparison>& comparisons, bool colour);
nlohmann::ordered_json to_json(const Comparison& comparison);

}  // namespace sca::bench
