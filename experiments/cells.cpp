#include "experiments/cells.hpp"

#include <fmt/format.h>

#include <charconv>

namespace sca::experiments {

std::string text_cell(const nlohmann::ordered_json& record, const char* field) {
  return record.contains(field) ? record[field].get<std::string>() : "-";
}

std::string number_cell(const nlohmann::ordered_json& record, const char* field, const char* format) {
  if (!record.contains(field)) return "-";
  const std::string digits = text_cell(record, field);
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return fmt::format(fmt::runtime(format), value);
}

std::string range_cell(const std::string& low, const std::string& high) {
  return low == high ? low : "[" + low + ", " + high + "]";
}

}  // namespace sca::experiments
