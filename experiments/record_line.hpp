#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace sca::experiments {

/// One record, and where it stands: reads its fields.
///
/// errors   InputError that names the place, the field and what was expected
struct RecordLine {
  const nlohmann::ordered_json& json;
  std::string where;

  bool has(const char* field) const { return json.contains(field); }
  std::string text(const char* field) const;
  /// A number, or a decimal as records write reals.
  double number(const char* field) const;
  std::size_t count(const char* field) const;
};

}  // namespace sca::experiments
