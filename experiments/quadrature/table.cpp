#include "experiments/quadrature/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "evidence/table.hpp"
#include "experiments/cells.hpp"
#include "experiments/quadrature/recorded.hpp"

namespace sca::experiments {
namespace {

using Json = nlohmann::ordered_json;

/// A rule with its window and band: a row.
struct Row {
  std::string name, theory, needs;
  std::vector<std::string> cells;
};

/// Bold: theory is met; italic: theory says nothing yet at these sizes; plain: nothing is proved.
std::string slope_cell(const RecordedFit& fit) {
  std::string text =
      fit.slope ? fmt::format("{:.2f} [{:.2f}, {:.2f}]", fit.slope->slope, fit.slope->low, fit.slope->high)
      : fit.clearance ? fmt::format("≤ {:.2g} of bound", *fit.clearance)
                      : "–";
  if (fit.slope && !fit.slope->is_power) text += " per node";
  if (fit.verdict == "matches theory") return "**" + text + "**";
  if (fit.verdict == "pre-asymptotic") return "*" + text + "*";
  return fit.verdict == "refuted" ? text + " refuted" : text;
}

std::string row_name(const RecordedSeries& series) {
  std::string name = "`" + series.rule + "`";
  if (series.window != "none") name += ", " + series.window;
  return series.band == "balanced" && series.window != "none" ? name + ", T grows" : name;
}

/// Text as it may stand in a cell of a table.
std::string in_cell(const std::string& text) {
  if (text.empty() || text == "none") return "–";
  std::string quoted = "`";
  for (const char c : text) quoted += c == '|' ? std::string("\\|") : std::string(1, c);
  return quoted + "`";
}

}  // namespace

void print_table(std::ostream& out, const Lines& records, bool colour) {
  using Align = evidence::Table::Align;
  evidence::Table table({{"target"},
                         {"data"},
                         {"d", Align::right},
                         {"rule"},
                         {"window"},
                         {"band"},
                         {"error"},
                         {"slope", Align::right},
                         {"95 %"},
                         {"theory"},
                         {"clearance", Align::right},
                         {"verdict"},
                         {"why"}});
  const auto slope = [](const Json& record, const char* field) {
    return number_cell(record, field, "{:.3f}");
  };
  for (const Json& record : records) {
    if (text_cell(record, "kind") != "fit") continue;
    const std::string theory = range_cell(slope(record, "theory_low"), slope(record, "theory_high"));
    table.add({text_cell(record, "target"), text_cell(record, "data"), record["d"].dump(),
               text_cell(record, "rule"), text_cell(record, "window"), text_cell(record, "band"),
               text_cell(record, "of"), slope(record, "slope"),
               range_cell(slope(record, "low"), slope(record, "high")),
               (record.value("sense", "") == "at most" && theory != "-" ? "<= " : "") + theory,
               number_cell(record, "clearance", "{:.3g}"), text_cell(record, "verdict"),
               text_cell(record, "why")});
  }
  table.print(out, colour);
}

std::string markdown_table(const Lines& records, const std::string& what, std::string_view path) {
  const std::string of = what.substr(0, what.find(' '));
  const std::string target = of.size() == what.size() ? "token" : what.substr(of.size() + 1);
  std::vector<RecordedSeries> all = recorded_series(records, path);
  const auto fit_in = [&](const RecordedSeries& series) {
    return std::ranges::find(series.fits, of, &RecordedFit::of);
  };
  std::erase_if(all,
                [&](const RecordedSeries& s) { return s.target != target || fit_in(s) == s.fits.end(); });
  if (all.empty()) return "";
  const std::vector<RecordedPrefixes> columns = recorded_prefixes(all);
  std::vector<Row> rows;
  for (const RecordedSeries& series : all) {
    const RecordedFit& fit = *fit_in(series);
    const std::string name = row_name(series);
    auto row = std::ranges::find(rows, name, &Row::name);
    if (row == rows.end()) row = rows.insert(rows.end(), {name, fit.theory, fit.needs, {}});
    row->cells.resize(columns.size());
    const auto column = std::ranges::find(columns, prefixes_of(series)) - columns.begin();
    row->cells[static_cast<std::size_t>(column)] = slope_cell(fit);
  }
  std::string head = "| rule, window | theory | needs |";
  std::string line = "|---|---|---|";
  for (const RecordedPrefixes& column : columns) {
    head += fmt::format(" {} |", column.title());
    line += "---|";
  }
  std::string table = head + "\n" + line + "\n";
  for (const Row& row : rows) {
    table += fmt::format("| {} | {} | {} | {} |\n", row.name, in_cell(row.theory), in_cell(row.needs),
                         fmt::join(row.cells, " | "));
  }
  return table;
}

}  // namespace sca::experiments
