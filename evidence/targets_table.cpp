#include "evidence/targets_table.hpp"

#include <fmt/format.h>

#include <charconv>

#include "evidence/input/error.hpp"

namespace sca::evidence {
namespace {

using Json = nlohmann::ordered_json;

double as_number(const Json& value, std::string_view path, const std::string& field) {
  if (value.is_number()) return value.get<double>();
  const std::string digits = value.is_string() ? value.get<std::string>() : "";
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
    throw InputError(path, field, "a number", in_quotes(value.dump()));
  return number;
}

bool has_all(const Json& record, const Json& wanted) {
  for (const auto& [key, value] : wanted.items()) {
    if (!record.contains(key) || record.at(key) != value) return false;
  }
  return true;
}

double measured(const std::vector<Json>& records, const Json& wanted, const std::string& field,
                std::string_view path) {
  const Json* found = nullptr;
  for (const Json& record : records) {
    if (record.contains("target") || !record.contains(field) || !has_all(record, wanted)) continue;
    if (found != nullptr)
      throw InputError(path, "target", "one record with " + wanted.dump(), "more of them");
    found = &record;
  }
  if (found == nullptr) throw InputError(path, "target", "a record with " + wanted.dump(), "none");
  return as_number(found->at(field), path, field);
}

std::string row(const std::vector<Json>& records, const Json& target, std::string_view path) {
  const std::string field = target.value("field", "");
  double value = measured(records, target.value("of", Json::object()), field, path);
  if (target.contains("over")) value /= measured(records, target["over"], field, path);
  const bool is_floor = target.contains("at_least");
  const char* limit = is_floor ? "at_least" : "at_most";
  if (!target.contains(limit)) throw InputError(path, "target", "at_least or at_most", target.dump());
  const double aim = as_number(target[limit], path, limit);
  const bool is_met = is_floor ? value >= aim : value <= aim;
  return fmt::format("| {} | {} | {} {:g} | {:.3g} | {} |\n", target.value("target", ""),
                     target.value("measure", ""), is_floor ? "≥" : "≤", aim, value,
                     is_met ? "met" : "**missed**");
}

}  // namespace

std::string targets_table(const std::vector<Json>& records, std::string_view prefix, std::string_view path) {
  std::string rows;
  for (const Json& record : records) {
    if (record.contains("target") && record.value("target", "").starts_with(prefix))
      rows += row(records, record, path);
  }
  if (rows.empty()) return "";
  return "| work | measure | target | measured | |\n|---|---|--:|--:|---|\n" + rows;
}

}  // namespace sca::evidence
