#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/capacity/series.hpp"
#include "experiments/run.hpp"

namespace sca::experiments::capacity {

/// What `sca capacity` is asked for.
struct Settings {
  std::vector<std::string> studies;  // ids or their first parts; empty: all
  std::size_t instances = 48;        // of every size, where a study does not need fewer
  std::uint64_t seed = 1;
};

/// One series to compute.
struct Unit {
  SeriesKey key;
  std::function<Series()> compute;
};

// The studies, one a file.
std::vector<Unit> cliff_units(const Settings& settings);
std::vector<Unit> conditioning_units(const Settings& settings);
std::vector<Unit> theta_max_units(const Settings& settings);
std::vector<Unit> identifiability_units(const Settings& settings);
std::vector<Unit> random_state_units(const Settings& settings);
std::vector<Unit> phases_units(const Settings& settings);

/// Every study's id, each once.
std::vector<std::string> study_ids();

/// All series that the settings ask for, in the order in which they are reported.
std::vector<Task> tasks(const Settings& settings);
/// The name of the task that a line is of.
std::string name_of_line(const nlohmann::ordered_json& line);

}  // namespace sca::experiments::capacity
