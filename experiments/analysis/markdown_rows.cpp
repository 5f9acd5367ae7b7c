#include "experiments/analysis/markdown_rows.hpp"

#include <vector>

namespace sca::experiments::ablation {
namespace {

std::string cells_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) {
    line += ' ';
    for (const char c : cell)
      line += c == '|' ? std::string("\\|") : c == '\n' ? std::string(" ") : std::string(1, c);
    line += " |";
  }
  return line + "\n";
}

}  // namespace

std::string as_markdown(const evidence::Table& table) {
  if (table.rows().empty()) return "";
  std::vector<std::string> titles;
  std::string rule = "|";
  for (const auto& column : table.columns()) {
    titles.push_back(column.title);
    rule += column.align == evidence::Table::Align::right ? "--:|" : "---|";
  }
  std::string text = cells_line(titles) + rule + "\n";
  for (const auto& row : table.rows()) text += cells_line(row);
  return text;
}

}  // namespace sca::experiments::ablation
