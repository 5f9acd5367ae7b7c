#pragma once

#include <cstddef>

#include "experiments/analysis/interval.hpp"

namespace sca::experiments::ablation {

/// A share of successes, and its score interval at 95 %, without continuity correction.
///
/// domain   successes <= count; of none, the interval is [0, 1] about 0
/// source   Wilson 1927, "Probable inference, the law of succession, and statistical inference"
Interval wilson(std::size_t successes, std::size_t count);

}  // namespace sca::experiments::ablation
