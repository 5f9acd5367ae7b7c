#pragma once

#include <string>
#include <vector>

#include "experiments/quadrature/study.hpp"
#include "experiments/run.hpp"

namespace sca::experiments {

/// What names a series: its key as text; or that of the series that a line belongs to.
std::string name_of(const SeriesKey& key);
std::string name_of_line(const nlohmann::ordered_json& line);

/// A unit each. No lines if the rule has no size in the sweep.
std::vector<Task> tasks(const std::vector<Unit>& units);

}  // namespace sca::experiments
