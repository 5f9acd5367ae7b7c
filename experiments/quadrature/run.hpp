#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "experiments/quadrature/study.hpp"

namespace sca::experiments {

/// A series' lines, in order.
using Lines = std::vector<nlohmann::ordered_json>;

/// What names a series: its key as text.
std::string name_of(const SeriesKey& key);

/// A unit's lines, the last one marked. None if the rule has no size in the sweep.
Lines computed_lines(const Unit& unit);

struct RunListener {
  std::function<void(const Lines&)> take;  // series by series, in the order of the units
  std::function<void(const Lines&)> keep;  // each new one as soon as it is there
  std::function<void(std::size_t done, std::size_t total, const std::string& what)> progress;
};

/// All units on `jobs` threads; those in `known` are not computed again. Results do not depend on `jobs`.
void run(const std::vector<Unit>& units, const std::map<std::string, Lines>& known, unsigned jobs,
         const RunListener& listener);

}  // namespace sca::experiments
