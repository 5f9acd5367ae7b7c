#include "cli/report_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sca::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* slope = "{:.3f}";
constexpr const char* digits = "{:.4g}";

RecordKind claims() {
  return {"Claims of the paper",
          "claims",
          {"claim", "verdict"},
          "",
          {{"claim", "claim"},
           {"reading", "reading"},
           {"where", "where"},
           {"n", "instances", true},
           {"error/bound", "error_over_bound", true},
           {"verdict", "verdict"},
           {"expected", "expected"},
           {"witness or worst case", "witness"}},
          "reading"};
}

std::vector<RecordKind> rules() {
  return {{"Quadrature: slopes of the error in M",
           "slopes and bounds of quadrature rules",
           {"rule", "of", "verdict"},
           "fit",
           {{"target", "target"},
            {"data", "data"},
            {"d", "d", true},
            {"rule", "rule"},
            {"window", "window"},
            {"band", "band"},
            {"error", "of"},
            {"slope", "slope", true, slope},
            {"from", "low", true, slope},
            {"to", "high", true, slope},
            {"theory", "theory_low", true, slope},
            {"or", "theory_high", true, slope},
            {"sense", "sense"},
            {"clearance", "clearance", true, digits},
            {"verdict", "verdict"},
            {"theory in words", "theory"},
            {"why", "why"}},
           "why"},
          {"", "", {"rule", "M"}, "point", {}, ""}};
}

std::vector<RecordKind> capacities() {
  return {{"Capacity: what was found",
           "findings on capacity",
           {"study", "series", "verdict"},
           "finding",
           {{"study", "study"},
            {"series", "series"},
            {"quantity", "quantity"},
            {"sense", "sense"},
            {"theory", "theory"},
            {"clearance", "clearance", true, digits},
            {"verdict", "verdict"},
            {"why", "why"},
            {"source", "source"}},
           "why"},
          {"Capacity: point by point",
           "points of capacity studies",
           {"study", "series", "x"},
           "point",
           {{"study", "study"},
            {"series", "series"},
            {"x", "x", true, digits},
            {"measured", "measured", true, digits},
            {"from", "low", true, digits},
            {"to", "high", true, digits},
            {"expected", "prediction", true, digits},
            {"at least", "lower", true, digits},
            {"at most", "upper", true, digits},
            {"n", "instances", true},
            {"verdict", "verdict"}},
           "series"}};
}

std::vector<RecordKind> checks() {
  return {{"Kernels: what fails",
           "",
           {"failure", "replay"},
           "",
           {{"kernel", "kernel"},
            {"property", "property"},
            {"case", "case"},
            {"what", "what"},
            {"replay", "replay"}},
           ""},
          {"Kernels: properties",
           "properties of kernels",
           {"kernel", "property", "cases"},
           "",
           {{"kernel", "kernel"},
            {"property", "property"},
            {"cases", "cases", true},
            {"failed", "failed", true},
            {"skipped", "skipped", true},
            {"vacuous", "vacuous", true},
            {"clearance", "clearance", true, digits},
            {"verdict", "verdict"},
            {"worst case", "worst"}},
           "property"}};
}

std::vector<RecordKind> checks_of_checks() {
  return {{"Kernels: planted bugs",
           "planted bugs",
           {"mutant", "verdict"},
           "",
           {{"mutant", "mutant"},
            {"mistake", "mistake"},
            {"verdict", "verdict"},
            {"property", "property"},
            {"what", "what"}},
           "mistake"},
          {"Kernels: elementary functions",
           "elementary functions",
           {"function", "units", "verdict"},
           "",
           {{"function", "function"},
            {"kernel", "kernel"},
            {"from", "first", true, digits},
            {"to", "last", true, digits},
            {"arguments", "arguments", true},
            {"worst, units", "units", true, digits},
            {"declared", "declared", true},
            {"clearance", "clearance", true, digits},
            {"verdict", "verdict"}},
           "kernel"}};
}

std::vector<RecordKind> timings() {
  return {{"Times beside other frameworks",
           "",
           {"peer", "which", "ratio"},
           "",
           {{"work", "work"},
            {"L", "L", true},
            {"framework", "framework"},
            {"which", "which"},
            {"variant", "peer"},
            {"setting", "setting"},
            {"theirs, s", "seconds", true},
            {"ours, s", "ours", true},
            {"ratio", "ratio", true},
            {"difference", "difference", true}},
           ""},
          {"", "", {"peer", "samples"}, "", {}, ""},
          {"Times beside the machine's floors",
           "timings",
           {"kernel", "threads", "verdict"},
           "",
           {{"kernel", "kernel"},
            {"L", "L", true},
            {"B", "B", true},
            {"K", "K", true},
            {"Kq", "Kq", true},
            {"H", "H", true},
            {"M", "M", true},
            {"context", "context", true},
            {"threads", "threads", true},
            {"state, bytes", "state_bytes", true},
            {"scratch, bytes", "scratch_bytes", true},
            {"seconds", "seconds", true},
            {"±", "deviation", true},
            {"tokens/s", "tokens_per_second", true},
            {"× floor", "of_floor", true},
            {"clearance", "clearance", true, digits},
            {"verdict", "verdict"}},
           "verdict"}};
}

/// Their tables and figures are an analysis of all of them (report_page.cpp).
std::vector<RecordKind> ablations() {
  return {{"", "", {"task", "rate", "status"}, "run", {}, ""}, {"", "", {"model", "layer"}, "probe", {}, ""}};
}

std::string cell(const FieldColumn& column, const Json& record) {
  const auto found = record.find(column.field);
  if (found == record.end() || found->is_null()) return "-";
  if (!found->is_string()) return found->dump();
  std::string text = *found;
  if (column.format == nullptr) return text;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_real = error == std::errc() && end == text.data() + text.size();
  return is_real ? fmt::format(fmt::runtime(column.format), value) : text;
}

}  // namespace

const std::vector<RecordKind>& record_kinds() {
  static const std::vector<RecordKind> all = [] {
    std::vector<RecordKind> kinds{claims()};
    for (auto more : {rules(), capacities(), checks(), checks_of_checks(), timings(), ablations()})
      kinds.insert(kinds.end(), more.begin(), more.end());
    return kinds;
  }();
  return all;
}

const RecordKind* kind_of(const Json& record) {
  for (const RecordKind& kind : record_kinds()) {
    const std::string named = kind.kind;
    const auto found = record.find("kind");
    if (!named.empty() && (found == record.end() || *found != named)) continue;
    if (std::ranges::all_of(kind.fields, [&](const char* field) { return record.contains(field); }))
      return &kind;
  }
  return nullptr;
}

evidence::Table empty_table(const RecordKind& kind) {
  using Table = evidence::Table;
  std::vector<Table::Column> columns;
  for (const FieldColumn& column : kind.columns)
    columns.push_back({column.title, column.is_number ? Table::Align::right : Table::Align::left});
  return Table(columns);
}

std::vector<std::string> cells(const RecordKind& kind, const Json& record) {
  std::vector<std::string> row;
  for (const FieldColumn& column : kind.columns) row.push_back(cell(column, record));
  return row;
}

}  // namespace sca::cli
