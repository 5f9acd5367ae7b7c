#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sca::experiments {

/// One error of one size, over the instances.
struct RecordedError {
  double q25 = 0, q75 = 0, rms = 0;
};

/// A "point" as it was recorded (record.hpp).
struct RecordedSize {
  double M = 0;
  std::optional<double> n;
  std::optional<RecordedError> own;
  std::optional<RecordedError> total;
  std::optional<double> bound;
  std::string bound_of;
  bool precondition = true;
};

/// A straight line through one error's logarithms, with its interval.
struct RecordedSlope {
  bool is_power = true;  // else geometric in n
  double slope = 0, low = 0, high = 0;
};

/// The rate that theory gives, without logarithms (`low`) and with them.
struct RecordedRate {
  double low = 0, high = 0;
  bool is_equal = true;  // else errors fall at least so fast
};

/// A "fit" as it was recorded.
struct RecordedFit {
  std::string of;  // "own" or "total"
  std::optional<RecordedSlope> slope;
  std::optional<RecordedRate> rate;
  std::string theory;  // in words; empty where there is none
  std::string needs;   // its precondition
  std::optional<double> clearance;
  std::string verdict;
  std::string why;
};

/// A series as a file has it; sizes ascending.
struct RecordedSeries {
  std::string target, data, rule, window, band;
  std::size_t d = 0;
  std::vector<RecordedSize> sizes;
  std::vector<RecordedFit> fits;
};

/// A kind of prefix: its name and dimension.
struct RecordedPrefixes {
  std::string data;
  std::size_t d = 0;
  bool operator==(const RecordedPrefixes&) const = default;
  std::string title() const;
};
RecordedPrefixes prefixes_of(const RecordedSeries& series);

/// Synthetic ones first, then files; each by dimension.
std::vector<RecordedPrefixes> recorded_prefixes(const std::vector<RecordedSeries>& all);

/// Whether a record is a line of a study of quadrature rules.
bool is_quadrature_record(const nlohmann::ordered_json& record);

/// The series among the records, in their order. Line i + 1 of `path` is record i.
/// errors   InputError that names path, line and field
std::vector<RecordedSeries> recorded_series(const std::vector<nlohmann::ordered_json>& records,
                                            std::string_view path);

}  // namespace sca::experiments
