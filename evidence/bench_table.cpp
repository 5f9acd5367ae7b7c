#include "evidence/bench_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "evidence/input/error.hpp"

namespace sca::evidence {
namespace {

using Json = nlohmann::ordered_json;

/// A field as it stands in a cell: a string's text, a number's digits.
std::string cell(const Json& record, const char* field, std::string_view path) {
  const auto found = record.find(field);
  if (found == record.end()) throw InputError(path, field, "a record with it", in_quotes(record.dump()));
  return found->is_string() ? found->get<std::string>() : found->dump();
}

/// Seconds in milliseconds.
std::string milliseconds(const Json& record, const char* field, std::string_view path) {
  const std::string digits = cell(record, field, path);
  double seconds = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw InputError(path, field, "seconds", in_quotes(digits));
  return fmt::format("{:.3g}", 1e3 * seconds);
}

/// What layers and models have besides a core's sizes: a column each where any row has it.
struct Extra {
  const char *field, *title;
};
constexpr std::array extras{Extra{"D", "D"},
                            Extra{"blocks", "blocks"},
                            Extra{"parameters", "parameters"},
                            Extra{"context", "context"},
                            Extra{"state_bytes", "state, bytes"},
                            Extra{"scratch_bytes", "scratch, bytes"}};

std::string row_of(const Json& record, const std::vector<Extra>& columns, std::string_view path) {
  const auto text = [&](const char* field) { return cell(record, field, path); };
  std::string row = fmt::format("| `{}` | {} | {} | {}/{} | {} | {} | {} ", text("kernel"), text("L"),
                                text("B"), text("K"), text("Kq"), text("H"), text("M"), text("threads"));
  for (const Extra& one : columns)
    row += fmt::format("| {} ", record.contains(one.field) ? text(one.field) : "");
  return row + fmt::format("| {} | {} | {} | {} |\n", milliseconds(record, "seconds", path),
                           text("tokens_per_second"), text("of_floor"), text("clearance"));
}

}  // namespace

std::string bench_table(const std::vector<Json>& records, std::string_view prefix, std::string_view path) {
  std::vector<const Json*> rows;
  for (const Json& record : records) {
    if (record.contains("kernel") && record.contains("of_floor") &&
        cell(record, "kernel", path).starts_with(prefix))
      rows.push_back(&record);
  }
  if (rows.empty()) return "";
  std::vector<Extra> columns;
  std::ranges::copy_if(extras, std::back_inserter(columns), [&](const Extra& one) {
    return std::ranges::any_of(rows, [&](const Json* record) { return record->contains(one.field); });
  });
  std::string head = "| kernel | L | B | K/Kq | H | M | threads ";
  std::string rule = "|---|--:|--:|--:|--:|--:|--:";
  for (const Extra& one : columns) {
    head += fmt::format("| {} ", one.title);
    rule += "|--:";
  }
  std::string table = head + "| ms | tokens/s | × floor | clearance |\n" + rule + "|--:|--:|--:|--:|\n";
  for (const Json* record : rows) table += row_of(*record, columns, path);
  return table;
}

std::string peers_table(const std::vector<Json>& records, std::string_view prefix, std::string_view path) {
  std::string rows;
  for (const Json& record : records) {
    if (!record.contains("which") || !cell(record, "work", path).starts_with(prefix)) continue;
    const auto text = [&](const char* field) { return cell(record, field, path); };
    rows += fmt::format("| {} | {} | {} | {} | {}, {} | {} | {} | **{}** | {} |\n", text("work"), text("L"),
                        text("framework"), text("which"), text("peer"), text("setting"),
                        milliseconds(record, "seconds", path), milliseconds(record, "ours", path),
                        text("ratio"), text("difference"));
  }
  if (rows.empty()) return "";
  return "| work | L | framework | which | variant, setting | theirs, ms | ours, ms | ratio | difference |\n"
         "|---|--:|---|---|---|--:|--:|--:|--:|\n" +
         rows;
}

}  // namespace sca::evidence
