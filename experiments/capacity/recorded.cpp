#include "experiments/capacity/recorded.hpp"

#include <algorithm>

#include "experiments/record_line.hpp"

namespace sca::experiments::capacity {
namespace {

using Json = nlohmann::ordered_json;

std::optional<double> optional_number(const RecordLine& line, const char* field) {
  return line.has(field) ? std::optional(line.number(field)) : std::nullopt;
}

PointRecord point_of(const RecordLine& line) {
  PointRecord point;
  point.x = line.number("x");
  if (line.has("K")) point.design = {line.count("K"), line.count("H"), line.count("M")};
  point.measured = line.number("measured");
  point.low = line.number("low");
  point.high = line.number("high");
  point.interval = line.text("interval");
  point.prediction = optional_number(line, "prediction");
  point.lower = optional_number(line, "lower");
  point.upper = optional_number(line, "upper");
  point.clearance = optional_number(line, "clearance");
  point.arithmetic = line.text("arithmetic");
  point.instances = line.count("instances");
  point.verdict = line.text("verdict");
  return point;
}

}  // namespace

bool is_capacity_record(const Json& record) {
  const auto kind = record.find("kind");
  return kind != record.end() && (*kind == "point" || *kind == "finding") && record.contains("study");
}

std::vector<RecordedSeries> recorded_series(const std::vector<Json>& records, std::string_view path) {
  std::vector<RecordedSeries> all;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!is_capacity_record(records[i])) continue;
    const RecordLine line{records[i], std::string(path) + ", line " + std::to_string(i + 1)};
    const SeriesKey key{line.text("study"), line.text("series")};
    auto found = std::ranges::find_if(
        all, [&](const RecordedSeries& s) { return s.key.study == key.study && s.key.series == key.series; });
    if (found == all.end()) found = all.insert(all.end(), {key, {}, {}});
    if (line.text("kind") == "point") {
      found->points.push_back(point_of(line));
    } else {
      found->words = {line.text("axis"), line.text("quantity"), line.text("sense"), line.text("theory"),
                      line.text("source")};
    }
  }
  for (RecordedSeries& series : all) std::ranges::stable_sort(series.points, {}, &PointRecord::x);
  return all;
}

}  // namespace sca::experiments::capacity
