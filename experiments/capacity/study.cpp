#include "experiments/capacity/study.hpp"

#include <algorithm>

#include "experiments/ids.hpp"

namespace sca::experiments::capacity {
namespace {

std::vector<Unit> all_units(const Settings& settings) {
  std::vector<Unit> units;
  for (auto more : {cliff_units, conditioning_units, theta_max_units, identifiability_units,
                    random_state_units, phases_units}) {
    for (Unit& unit : more(settings)) units.push_back(std::move(unit));
  }
  return units;
}

std::string name_of(const SeriesKey& key) { return key.study + " " + key.series; }

Lines lines_of(const Unit& unit) {
  const SeriesRecords records = judged(unit.compute());
  Lines lines;
  for (const PointRecord& point : records.points) lines.push_back(to_json(records.key, point));
  lines.push_back(to_json(records.key, records.finding));
  return lines;
}

}  // namespace

std::vector<std::string> study_ids() {
  std::vector<std::string> ids;
  for (const Unit& unit : all_units({})) {
    if (std::ranges::find(ids, unit.key.study) == ids.end()) ids.push_back(unit.key.study);
  }
  return ids;
}

std::vector<Task> tasks(const Settings& settings) {
  std::vector<Task> result;
  for (Unit& unit : all_units(settings)) {
    if (!is_asked_for(unit.key.study, settings.studies)) continue;
    const std::string name = name_of(unit.key);
    result.push_back({name, [unit = std::move(unit)] { return lines_of(unit); }});
  }
  return result;
}

std::string name_of_line(const nlohmann::ordered_json& line) {
  return name_of({line.value("study", std::string()), line.value("series", std::string())});
}

}  // namespace sca::experiments::capacity
