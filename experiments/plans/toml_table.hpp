#pragma once

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>

namespace sca::experiments::ablation {

/// TOML as JSON, keys in the order of the file; an infinite number becomes "inf".
///
/// errors   InputError with the line: not TOML, or a date in it
nlohmann::ordered_json json_of_toml(std::string_view text, const std::string& file);

/// A table of a plan, read key by key.
///
/// errors   InputError that names the file, the place with the key, and what was expected
class PlanTable {
 public:
  PlanTable(const nlohmann::ordered_json& table, std::string file, std::string place);

  bool has(const char* key) const { return table_.contains(key); }
  std::string text(const char* key);
  std::int64_t count(const char* key, std::int64_t least);
  bool flag(const char* key, bool otherwise);
  // What is missing is empty.
  std::vector<std::string> texts(const char* key);
  std::vector<double> rates(const char* key);
  std::vector<std::uint64_t> seeds(const char* key);
  nlohmann::ordered_json fields(const char* key);                         // single values
  nlohmann::ordered_json lists(const char* key);                          // non-empty lists of single values
  std::vector<nlohmann::ordered_json> rows(const char* key);              // a list of fields
  std::vector<PlanTable> tables(const char* key);                         // [[key]]
  std::vector<std::pair<std::string, PlanTable>> named(const char* key);  // [key.NAME]

  /// Refuses keys that nobody has asked for.
  void done() const;
  [[noreturn]] void refuse(const std::string& key, const std::string& expected,
                           const std::string& found) const;

 private:
  const nlohmann::ordered_json* find(const char* key);
  const nlohmann::ordered_json& list(const char* key);

  nlohmann::ordered_json table_;
  std::string file_, place_;
  std::set<std::string> asked_;
};

}  // namespace sca::experiments::ablation
