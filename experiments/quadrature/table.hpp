#pragma once

#include <iosfwd>

#include "experiments/quadrature/run.hpp"

namespace sca::experiments {

/// One row a fit: slope with its interval, theory, clearance, verdict.
void print_table(std::ostream& out, const Lines& records, bool colour);

}  // namespace sca::experiments
