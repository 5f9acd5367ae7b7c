#include "experiments/plans/toml_table.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::in_quotes;
using evidence::InputError;
using PlanJson = nlohmann::ordered_json;

PlanJson json_of(const toml::node& node, const std::string& file);

PlanJson json_of_table(const toml::table& table, const std::string& file) {
  std::vector<std::pair<const toml::key*, const toml::node*>> entries;
  for (const auto& [key, node] : table) entries.emplace_back(&key, &node);
  std::ranges::stable_sort(entries, {}, [](const auto& entry) {
    const toml::source_position at = entry.first->source().begin;
    return std::pair(at.line, at.column);
  });
  PlanJson result = PlanJson::object();
  for (const auto& [key, node] : entries) result[std::string(key->str())] = json_of(*node, file);
  return result;
}

PlanJson json_of(const toml::node& node, const std::string& file) {
  if (const auto* table = node.as_table()) return json_of_table(*table, file);
  if (const auto* array = node.as_array()) {
    PlanJson result = PlanJson::array();
    for (const toml::node& one : *array) result.push_back(json_of(one, file));
    return result;
  }
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* real = node.as_floating_point()) {
    if (std::isfinite(real->get())) return real->get();
    return std::isinf(real->get()) && real->get() > 0 ? PlanJson("inf") : PlanJson("nan");
  }
  throw InputError(file, "line " + std::to_string(node.source().begin.line), "no date or time", "one");
}

bool is_single(const PlanJson& value) { return value.is_primitive() && !value.is_null(); }

}  // namespace

PlanJson json_of_toml(std::string_view text, const std::string& file) {
  try {
    return json_of_table(toml::parse(text), file);
  } catch (const toml::parse_error& error) {
    throw InputError(file, "line " + std::to_string(error.source().begin.line), "TOML",
                     std::string(error.description()));
  }
}

PlanTable::PlanTable(const PlanJson& table, std::string file, std::string place)
    : table_(table), file_(std::move(file)), place_(std::move(place)) {
  if (!table_.is_object()) throw InputError(file_, place_, "a table", in_quotes(table_.dump()));
}

void PlanTable::refuse(const std::string& key, const std::string& expected, const std::string& found) const {
  throw InputError(file_, place_.empty() ? key : place_ + " " + key, expected, found);
}

const PlanJson* PlanTable::find(const char* key) {
  asked_.insert(key);
  const auto found = table_.find(key);
  return found == table_.end() ? nullptr : &*found;
}

const PlanJson& PlanTable::list(const char* key) {
  static const PlanJson nothing = PlanJson::array();
  const PlanJson* found = find(key);
  if (found == nullptr) return nothing;
  if (!found->is_array() || found->empty()) refuse(key, "a list", in_quotes(found->dump()));
  return *found;
}

std::string PlanTable::text(const char* key) {
  const PlanJson* found = find(key);
  if (found == nullptr) refuse(key, "text", "none");
  if (!found->is_string() || found->get<std::string>().empty()) refuse(key, "text", in_quotes(found->dump()));
  return *found;
}

std::int64_t PlanTable::count(const char* key, std::int64_t least) {
  const PlanJson* found = find(key);
  const std::string expected = "a whole number, at least " + std::to_string(least);
  if (found == nullptr) refuse(key, expected, "none");
  if (!found->is_number_integer() || found->get<std::int64_t>() < least)
    refuse(key, expected, in_quotes(found->dump()));
  return *found;
}

bool PlanTable::flag(const char* key, bool otherwise) {
  const PlanJson* found = find(key);
  if (found == nullptr) return otherwise;
  if (!found->is_boolean()) refuse(key, "true or false", in_quotes(found->dump()));
  return *found;
}

std::vector<std::string> PlanTable::texts(const char* key) {
  std::vector<std::string> result;
  for (const PlanJson& one : list(key)) {
    if (!one.is_string()) refuse(key, "a list of texts", in_quotes(one.dump()));
    if (std::ranges::find(result, one.get<std::string>()) != result.end())
      refuse(key, "each once", in_quotes(one.dump()) + " twice");
    result.push_back(one);
  }
  return result;
}

std::vector<double> PlanTable::rates(const char* key) {
  std::vector<double> result;
  for (const PlanJson& one : list(key)) {
    if (!one.is_number() || !(one.get<double>() > 0))
      refuse(key, "a list of positive numbers", in_quotes(one.dump()));
    if (!result.empty() && !(one.get<double>() > result.back()))
      refuse(key, "ascending numbers", in_quotes(list(key).dump()));
    result.push_back(one);
  }
  return result;
}

std::vector<std::uint64_t> PlanTable::seeds(const char* key) {
  std::vector<std::uint64_t> result;
  for (const PlanJson& one : list(key)) {
    if (!one.is_number_integer() || one.get<std::int64_t>() < 0)
      refuse(key, "a list of whole numbers", in_quotes(one.dump()));
    if (std::ranges::find(result, one.get<std::uint64_t>()) != result.end())
      refuse(key, "each once", one.dump() + " twice");
    result.push_back(one);
  }
  return result;
}

PlanJson PlanTable::fields(const char* key) {
  const PlanJson* found = find(key);
  if (found == nullptr) return PlanJson::object();
  if (!found->is_object()) refuse(key, "a table of fields", in_quotes(found->dump()));
  for (const auto& [name, value] : found->items()) {
    if (!is_single(value)) refuse(std::string(key) + "." + name, "a single value", in_quotes(value.dump()));
  }
  return *found;
}

PlanJson PlanTable::lists(const char* key) {
  const PlanJson* found = find(key);
  if (found == nullptr) return PlanJson::object();
  if (!found->is_object()) refuse(key, "a table of lists", in_quotes(found->dump()));
  for (const auto& [name, value] : found->items()) {
    if (!value.is_array() || value.empty() || !std::ranges::all_of(value, is_single))
      refuse(std::string(key) + "." + name, "a list of values", in_quotes(value.dump()));
  }
  return *found;
}

std::vector<PlanJson> PlanTable::rows(const char* key) {
  std::vector<PlanJson> result;
  for (const PlanJson& one : list(key)) {
    if (!one.is_object() || one.empty() || !std::ranges::all_of(one, is_single))
      refuse(key, "a list of tables of fields", in_quotes(one.dump()));
    result.push_back(one);
  }
  return result;
}

std::vector<PlanTable> PlanTable::tables(const char* key) {
  std::vector<PlanTable> result;
  for (const PlanJson& one : list(key)) {
    std::string label = std::to_string(result.size() + 1);
    for (const char* name : {"id", "name"}) {
      if (one.is_object() && one.contains(name) && one[name].is_string()) label = one[name];
    }
    result.emplace_back(one, file_, std::string("[[").append(key).append("]] ") + in_quotes(label));
  }
  return result;
}

std::vector<std::pair<std::string, PlanTable>> PlanTable::named(const char* key) {
  const PlanJson* found = find(key);
  std::vector<std::pair<std::string, PlanTable>> result;
  if (found == nullptr) return result;
  if (!found->is_object())
    refuse(key, std::string("tables [").append(key).append(".NAME]"), in_quotes(found->dump()));
  for (const auto& [name, value] : found->items())
    result.emplace_back(name, PlanTable(value, file_, std::string("[").append(key).append(".") + name + "]"));
  return result;
}

void PlanTable::done() const {
  for (const auto& [key, value] : table_.items()) {
    if (asked_.contains(key)) continue;
    std::string known;
    for (const std::string& one : asked_) known += (known.empty() ? "" : ", ") + one;
    refuse(key, "one of " + known, "an unknown key");
  }
}

}  // namespace sca::experiments::ablation
