#include "evidence/bench_table.hpp"

#include <fmt/format.h>

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

}  // namespace

std::string bench_table(const std::vector<Json>& records, std::string_view prefix, std::string_view path) {
  std::string rows;
  for (const Json& record : records) {
    if (!record.contains("kernel") || !record.contains("of_floor")) continue;
    const auto text = [&](const char* field) { return cell(record, field, path); };
    if (!text("kernel").starts_with(prefix)) continue;
    rows += fmt::format("| `{}` | {} | {} | {}/{} | {} | {} | {} | {} | {} | {} | {} |\n", text("kernel"),
                        text("L"), text("B"), text("K"), text("Kq"), text("H"), text("M"), text("threads"),
                        milliseconds(record, "seconds", path), text("tokens_per_second"), text("of_floor"),
                        text("clearance"));
  }
  if (rows.empty()) return "";
  return "| kernel | L | B | K/Kq | H | M | threads | ms | tokens/s | × floor | clearance |\n"
         "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n" +
         rows;
}

std::string peers_table(const std::vector<Json>& records, std::string_view path) {
  std::string rows;
  for (const Json& record : records) {
    if (!record.contains("which")) continue;
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
