#include "experiments/quadrature/tasks.hpp"

namespace sca::experiments {
namespace {

Lines computed_lines(const Unit& unit) {
  const SeriesRecords records = unit.compute();
  Lines lines;
  for (const PointRecord& point : records.points) lines.push_back(to_json(records.key, point));
  for (const FitRecord& fit : records.fits) lines.push_back(to_json(records.key, fit));
  return lines;
}

}  // namespace

std::string name_of(const SeriesKey& key) {
  return key.target + " " + key.data + " d=" + std::to_string(key.d) + " " + key.rule + " " + key.window +
         " " + key.band;
}

std::string name_of_line(const nlohmann::ordered_json& line) {
  const auto text = [&](const char* field) { return line.value(field, std::string()); };
  return name_of({text("target"), text("data"), text("rule"), text("window"), text("band"),
                  line.value("d", std::size_t{0})});
}

std::vector<Task> tasks(const std::vector<Unit>& units) {
  std::vector<Task> result;
  result.reserve(units.size());
  for (const Unit& unit : units)
    result.push_back({name_of(unit.key), [unit] { return computed_lines(unit); }});
  return result;
}

}  // namespace sca::experiments
