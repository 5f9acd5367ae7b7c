#include "evidence/eval/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace sca::evidence::eval {
namespace {

constexpr std::size_t shown_digits = 18;
constexpr std::size_t shown_items = 3;

// The leading digits and the exponent. Cut, not rounded: the whole number is in --json.
std::string shortened(std::string_view number) {
  const std::size_t mark = std::min(number.find('e'), number.size());
  if (mark <= shown_digits + 3) return std::string(number);
  const std::size_t point = std::min(number.find('.'), mark);
  if (point > shown_digits) return std::string(number);
  return fmt::format("{}…{}", number.substr(0, shown_digits), number.substr(mark));
}

std::string shown(const Json& value) {
  if (value.is_string()) return shortened(value.get<std::string>());
  if (value.is_object() && value.contains("re"))
    return "(" + shown(value["re"]) + ", " + shown(value["im"]) + ")";
  if (!value.is_array()) return value.dump();
  std::string text = "[";
  for (std::size_t i = 0; i < std::min(value.size(), shown_items); ++i) {
    text += (i > 0 ? ", " : "") + shown(value[i]);
  }
  return text + (value.size() > shown_items ? fmt::format(", … ({})]", value.size()) : "]");
}

struct Row {
  std::string id;
  std::string field;
  std::string value;
};

void collect(const std::string& id, const std::string& field, const Json& value, std::vector<Row>& rows) {
  const bool structure = value.is_object() && !value.contains("re");
  const bool steps = value.is_array() && !value.empty() && value[0].is_object() && !value[0].contains("re");
  if (structure) {
    for (const auto& [name, item] : value.items()) {
      collect(id, field.empty() ? name : field + "." + name, item, rows);
    }
  } else if (steps) {
    for (std::size_t i = 0; i < value.size(); ++i)
      collect(id, fmt::format("{}[{}]", field, i), value[i], rows);
  } else {
    rows.push_back({id, field, shown(value)});
  }
}

std::string verdict_line(const std::vector<FieldComparison>& rows) {
  std::array<std::size_t, 4> counts{};
  for (const auto& row : rows) ++counts[static_cast<std::size_t>(row.match)];
  std::string line;
  for (const Match match : {Match::agree, Match::differ, Match::missing, Match::undecided}) {
    const std::size_t count = counts[static_cast<std::size_t>(match)];
    if (count > 0 || match == Match::agree)
      line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, to_string(match));
  }
  const FieldComparison* worst = nullptr;
  for (const auto& row : rows) {
    if (row.agreement && (worst == nullptr || *row.agreement < *worst->agreement)) worst = &row;
  }
  if (worst == nullptr) return line + "\n";
  return line + fmt::format("; least agreement {:.1f} digits, at {} {}\n", *worst->agreement, worst->id,
                            worst->field);
}

std::string agreement_text(const FieldComparison& row) {
  if (row.match == Match::missing || !row.detail.empty()) return "-";
  return row.agreement ? fmt::format("{:.1f}", *row.agreement) : "equal";
}

}  // namespace

std::string values_table(const Json& evaluated) {
  std::vector<Row> rows{{"case", "field", "value"}};
  for (const Json& one : evaluated["cases"]) {
    collect(one_line(one["id"].get<std::string>(), 40), "", one["output"], rows);
  }
  std::size_t ids = 0;
  std::size_t fields = 0;
  for (const Row& row : rows) {
    ids = std::max(ids, row.id.size());
    fields = std::max(fields, row.field.size());
  }
  std::string table;
  for (const Row& row : rows)
    table += fmt::format("{:<{}}  {:<{}}  {}\n", row.id, ids, row.field, fields, row.value);
  return table;
}

std::string comparison_table(const std::vector<FieldComparison>& rows) {
  std::size_t ids = 4;
  std::size_t fields = 5;
  for (const auto& row : rows) {
    ids = std::max(ids, one_line(row.id, 40).size());
    fields = std::max(fields, one_line(row.field, 60).size());
  }
  std::string table = fmt::format("{:<{}}  {:<{}}  {:>9}  {:>5}  verdict\n", "case", ids, "field", fields,
                                  "agreement", "given");
  for (const auto& row : rows) {
    table += fmt::format("{:<{}}  {:<{}}  {:>9}  {:>5}  {}{}\n", one_line(row.id, 40), ids,
                         one_line(row.field, 60), fields, agreement_text(row), row.given,
                         to_string(row.match), row.detail.empty() ? "" : ": " + one_line(row.detail, 100));
  }
  return table + verdict_line(rows);
}

Json comparison_json(const std::vector<FieldComparison>& rows) {
  Json cases = Json::array();
  for (const auto& row : rows) {
    if (cases.empty() || cases.back()["id"] != row.id)
      cases.push_back({{"id", row.id}, {"fields", Json::array()}});
    Json field{{"field", row.field},
               {"agreement", agreement_text(row)},
               {"given", row.given},
               {"verdict", to_string(row.match)}};
    if (!row.detail.empty()) field["detail"] = row.detail;
    cases.back()["fields"].push_back(std::move(field));
  }
  return {{"cases", std::move(cases)}};
}

}  // namespace sca::evidence::eval
