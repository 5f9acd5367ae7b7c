#include "evidence/markdown.hpp"

#include <fmt/format.h>

#include <map>
#include <sstream>

#include "evidence/bench_table.hpp"
#include "evidence/input/error.hpp"
#include "evidence/reach_table.hpp"
#include "evidence/table.hpp"
#include "evidence/targets_table.hpp"

namespace sca::evidence {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view opening = "<!-- table ";
constexpr std::string_view closing = "<!-- end table -->";

std::string cell(const Json& record, const char* key) {
  std::string text = record.value(key, "");
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string claims_table(const std::vector<Json>& records, std::string_view prefix) {
  std::string table =
      "| claim | reading | n | error/bound | verdict | witness or worst case |\n|---|---|--:|--:|---|---|\n";
  const std::size_t empty = table.size();
  for (const Json& record : records) {
    if (!record.contains("claim") || !std::string(record["claim"]).starts_with(prefix)) continue;
    table += fmt::format("| `{}` | {} | {} | {} | **{}** | {} |\n", cell(record, "claim"),
                         cell(record, "reading"), record.value("instances", 0),
                         cell(record, "error_over_bound"), cell(record, "verdict"), cell(record, "witness"));
  }
  return table.size() == empty ? "" : table;
}

const Json* claim(const std::vector<Json>& records, const std::string& id) {
  for (const Json& record : records) {
    if (record.value("claim", "") == id) return &record;
  }
  return nullptr;
}

/// A few claims as the command prints them, and the count of all verdicts.
std::string text_table(const std::vector<Json>& records, std::istringstream ids) {
  Table table({{"claim"},
               {"reading"},
               {"n", Table::Align::right},
               {"error/bound", Table::Align::right},
               {"verdict"}});
  for (std::string id; ids >> id;) {
    const Json* record = claim(records, id);
    if (record == nullptr) return "";
    table.add({id, record->value("reading", ""), std::to_string(record->value("instances", 0)),
               record->value("error_over_bound", ""), record->value("verdict", "")});
  }
  std::map<std::string, int> counts;
  for (const Json& record : records) {
    if (record.contains("claim")) ++counts[record.value("verdict", "")];
  }
  std::ostringstream text;
  table.print(text, false);
  text << "…\n";
  const char* separator = "";
  for (const char* verdict : {"proved", "certified", "refuted", "undecided"}) {
    text << separator << counts[verdict] << " " << verdict;
    separator = ", ";
  }
  return "```\n" + text.str() + "\n```\n";
}

/// What retrieval takes on the first prefix whose name holds `part`.
std::string reach_text(const std::vector<Json>& records, const std::string& part) {
  for (const Json& record : records) {
    if (record.value("prefix", "").find(part) == std::string::npos || !record.contains("reach")) continue;
    std::ostringstream text;
    text << record.value("prefix", "") << ", every token to " << record.value("epsilon", "")
         << " max t p_k |h_k|:\n\n";
    reach_table(record["reach"]).print(text, false);
    return "```\n" + text.str() + "```\n";
  }
  return "";
}

std::map<std::string, TableMaker> own_makers() {
  using Records = std::vector<Json>;
  return {{"claims",
           [](const Records& r, const std::string& rest, std::string_view) { return claims_table(r, rest); }},
          {"text", [](const Records& r, const std::string& rest,
                      std::string_view) { return text_table(r, std::istringstream(rest)); }},
          {"reach",
           [](const Records& r, const std::string& rest, std::string_view) { return reach_text(r, rest); }},
          {"bench", bench_table},
          {"peers", peers_table},
          {"targets", targets_table}};
}

/// What ran, a paragraph each. Times are about the CPU, certificates about libraries.
std::string origin(const std::vector<Json>& records, const std::string& name) {
  const bool is_timing =
      name.starts_with("bench") || name.starts_with("peers") || name.starts_with("targets");
  std::string all;
  for (const Json& record : records) {
    if (!record.contains("provenance")) continue;
    const Json& p = record["provenance"];
    all += fmt::format("{}`{}` · {} {} · {} {} · {}\n", all.empty() ? "" : "\n", p.value("command", ""),
                       p.value("program", "sca"), p.value("version", ""), p.value("compiler", ""),
                       p.value("flags", ""), p.value(is_timing ? "cpu" : "libraries", ""));
  }
  return all;
}

/// The records of each run, which begin with its provenance.
std::vector<std::vector<Json>> runs(const std::vector<Json>& records) {
  std::vector<std::vector<Json>> all;
  for (const Json& record : records) {
    if (all.empty() || record.contains("provenance")) all.emplace_back();
    all.back().push_back(record);
  }
  return all;
}

/// The table that NAME asks for, and its origin.
std::string generated(const std::vector<std::vector<Json>>& files, const std::string& name,
                      std::string_view path, const std::map<std::string, TableMaker>& makers) {
  const std::string kind = name.substr(0, name.find(' '));
  const std::string rest = kind.size() == name.size() ? "" : name.substr(kind.size() + 1);
  const auto maker = makers.find(kind);
  if (maker == makers.end()) {
    std::string known;
    for (const auto& [one, unused] : makers) known += (known.empty() ? "" : ", ") + one;
    throw InputError(path, "table", known, in_quotes(name));
  }
  for (const auto& file : files) {
    // Targets are about all runs of a file, every other table is one run's.
    for (const auto& records : kind == "targets" ? std::vector<std::vector<Json>>{file} : runs(file)) {
      const std::string table = maker->second(records, rest, path);
      if (!table.empty()) return "\n" + table + "\n" + origin(records, name) + "\n";
    }
  }
  throw InputError(path, "table", "records of that name", in_quotes(name));
}

}  // namespace

std::string with_tables(const std::string& document, const std::vector<std::vector<Json>>& files,
                        std::string_view path, const std::map<std::string, TableMaker>& makers) {
  std::map<std::string, TableMaker> all = own_makers();
  all.insert(makers.begin(), makers.end());
  std::string result;
  std::size_t at = 0;
  for (;;) {
    const std::size_t start = document.find(opening, at);
    if (start == std::string::npos) return result + document.substr(at);
    const std::size_t body = document.find('\n', start);
    const std::size_t end = document.find(closing, start);
    if (body == std::string::npos || end == std::string::npos) {
      throw InputError(path, "table", closing, "the end of the document");
    }
    const std::string name =
        document.substr(start + opening.size(), document.find(" -->", start) - start - opening.size());
    result += document.substr(at, body + 1 - at) + generated(files, name, path, all);
    at = end;
  }
}

}  // namespace sca::evidence
