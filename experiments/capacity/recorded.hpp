#pragma once

#include <string_view>
#include <vector>

#include "experiments/capacity/record.hpp"

namespace sca::experiments::capacity {

/// A series as a file has it, points ascending in x.
struct RecordedSeries {
  SeriesKey key;
  std::vector<PointRecord> points;
  Words words;
};

/// Whether a record is a line of this study.
bool is_capacity_record(const nlohmann::ordered_json& record);

/// The series among the records, in their order. Line i + 1 of `path` is record i.
/// errors   InputError that names path, line and field
std::vector<RecordedSeries> recorded_series(const std::vector<nlohmann::ordered_json>& records,
                                            std::string_view path);

}  // namespace sca::experiments::capacity
