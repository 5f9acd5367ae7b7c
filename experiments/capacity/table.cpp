#include "experiments/capacity/table.hpp"

#include <fmt/format.h>

#include <array>
#include <ostream>

#include "evidence/table.hpp"
#include "experiments/cells.hpp"

namespace sca::experiments::capacity {
namespace {

using evidence::Table;
using Json = nlohmann::ordered_json;

std::string short_number(const Json& record, const char* field) {
  return number_cell(record, field, "{:.4g}");
}

constexpr std::array finding_titles{"study", "series", "quantity", "theory", "clearance", "verdict", "why"};

std::vector<std::string> finding_cells(const Json& record) {
  return {text_cell(record, "study"),  text_cell(record, "series"),       text_cell(record, "quantity"),
          text_cell(record, "theory"), short_number(record, "clearance"), text_cell(record, "verdict"),
          text_cell(record, "why")};
}

void print_findings(std::ostream& out, const Lines& records, bool colour) {
  std::vector<Table::Column> columns;
  for (const char* title : finding_titles)
    columns.push_back({title, std::string(title) == "clearance" ? Table::Align::right : Table::Align::left});
  Table table(columns);
  for (const Json& record : records) {
    if (text_cell(record, "kind") == "finding") table.add(finding_cells(record));
  }
  table.print(out, colour);
}

/// What theory says of a point: the number, or the bounds.
std::string theory_cell(const Json& point) {
  const std::string lower = short_number(point, "lower");
  const std::string upper = short_number(point, "upper");
  std::string prediction = short_number(point, "prediction");
  std::string text = prediction == "-" ? "" : prediction + " ";
  if (lower != "-" && upper != "-") return text + "in [" + lower + ", " + upper + "]";
  if (upper != "-") return text + "<= " + upper;
  if (lower != "-") return text + ">= " + lower;
  return prediction;
}

std::vector<std::string> point_cells(const Json& point) {
  std::string design = "-";
  if (point.contains("K")) design = point["K"].dump() + "x" + point["H"].dump() + "x" + point["M"].dump();
  return {text_cell(point, "study"),
          text_cell(point, "series"),
          short_number(point, "x"),
          design,
          short_number(point, "measured"),
          range_cell(short_number(point, "low"), short_number(point, "high")),
          theory_cell(point),
          short_number(point, "clearance"),
          text_cell(point, "arithmetic"),
          point["instances"].dump(),
          text_cell(point, "verdict")};
}

void print_points(std::ostream& out, const Lines& records, bool colour) {
  constexpr auto right = Table::Align::right;
  Table table({{"study"},
               {"series"},
               {"x", right},
               {"KxHxM"},
               {"measured", right},
               {"range or 95 %"},
               {"theory"},
               {"clearance", right},
               {"arithmetic"},
               {"instances", right},
               {"verdict"}});
  for (const Json& record : records) {
    if (text_cell(record, "kind") == "point") table.add(point_cells(record));
  }
  table.print(out, colour);
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (std::string cell : cells) {
    for (std::size_t at = cell.find('|'); at != std::string::npos; at = cell.find('|', at + 2))
      cell.replace(at, 1, "\\|");
    row += " " + cell + " |";
  }
  return row + "\n";
}

}  // namespace

void print_table(std::ostream& out, const Lines& records, bool colour) {
  print_points(out, records, colour);
  out << "\n";
  print_findings(out, records, colour);
}

std::string markdown_table(const Lines& records) {
  std::string text = markdown_row({finding_titles.begin(), finding_titles.end()});
  text += markdown_row(std::vector<std::string>(finding_titles.size(), "---"));
  for (const Json& record : records) {
    if (text_cell(record, "kind") == "finding") text += markdown_row(finding_cells(record));
  }
  return text;
}

}  // namespace sca::experiments::capacity
