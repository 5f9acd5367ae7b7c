#include "evidence/table.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <string_view>

namespace sca::evidence {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string_view colour_of(const std::string& cell) {
  if (cell == "proved" || cell == "certified" || cell == "agree" || cell == "pass") return "\033[32m";
  if (cell == "refuted") return "\033[33m";
  if (cell == "undecided" || cell == "differ" || cell == "fail" || cell == "missing") return "\033[31m";
  return "";
}

}  // namespace

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !is_continuation(c); }));
}

std::string shortened(const std::string& text, std::size_t limit) {
  if (width(text) <= limit) return text;
  std::size_t end = 0;
  for (std::size_t characters = 0; end < text.size(); ++end) {
    if (!is_continuation(text[end]) && ++characters == limit) break;
  }
  return text.substr(0, end) + "…";
}

bool stdout_takes_colour() {
  const char* refusal = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (refusal == nullptr || *refusal == '\0');
}

void Table::print(std::ostream& out, bool colour) const {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t widest = width(columns_[c].title);
    for (const auto& row : rows_) widest = std::max(widest, width(row[c]));
    widths.push_back(widest);
  }
  const auto line = [&](const std::vector<std::string>& cells, bool body) {
    std::string text;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::string blanks(widths[c] - width(cells[c]), ' ');
      const std::string_view paint = body && colour ? colour_of(cells[c]) : "";
      const std::string cell = paint.empty() ? cells[c] : std::string(paint) + cells[c] + "\033[0m";
      const bool last = c + 1 == cells.size();
      text += columns_[c].align == Align::right ? blanks + cell : cell + (last ? "" : blanks);
      if (!last) text += "  ";
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << "\n";
  };
  std::vector<std::string> titles;
  for (const Column& column : columns_) titles.push_back(column.title);
  line(titles, false);
  for (const auto& row : rows_) line(row, true);
}

}  // namespace sca::evidence
