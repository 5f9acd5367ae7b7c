#include "evidence/report/page.hpp"

#include <fmt/format.h>

#include <string_view>

#include "evidence/report/sheet.hpp"
#include "evidence/report/svg.hpp"

namespace sca::evidence {
namespace {

/// The class of a verdict word; empty for other text.
std::string_view tone(std::string_view word) {
  for (const std::string_view good : {"proved", "certified", "pass", "matches theory", "killed"}) {
    if (word == good) return "verdict good";
  }
  for (const std::string_view against : {"refuted", "fail", "survived"}) {
    if (word == against) return "verdict against";
  }
  for (const std::string_view open : {"undecided", "pre-asymptotic", "vacuous", "no theory", "skipped"}) {
    if (word == open) return "verdict open";
  }
  return "";
}

std::string marked(const std::string& text) {
  const std::string_view classes = tone(text);
  if (classes.empty()) return escaped(text);
  return fmt::format("<span class=\"{}\">{}</span>", classes, escaped(text));
}

std::string origin(const Source& source) {
  return fmt::format("<p class=\"origin\"><code>{}</code> · {} · {}</p>\n", escaped(source.command),
                     escaped(source.rest), escaped(source.file));
}

std::string head_of(const Table& table) {
  std::string cells;
  for (const Table::Column& column : table.columns())
    cells +=
        fmt::format("<th scope=\"col\" aria-sort=\"none\"{}><button type=\"button\">{}</button></th>",
                    column.align == Table::Align::right ? " class=\"right\"" : "", escaped(column.title));
  return "<thead><tr>" + cells + "</tr></thead>\n";
}

std::string body_of(const Table& table) {
  std::string rows;
  for (const auto& row : table.rows()) {
    rows += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const bool is_right = table.columns()[c].align == Table::Align::right;
      rows += fmt::format("<td{}>{}</td>", is_right ? " class=\"right\"" : "", marked(row[c]));
    }
    rows += "</tr>\n";
  }
  return "<tbody>\n" + rows + "</tbody>\n";
}

/// A part of the page with its heading, under the id that the contents point to.
std::string part(const std::string& id, const std::string& title, const std::string& inner) {
  return fmt::format("<section aria-labelledby=\"{0}\">\n<h3 id=\"{0}\">{1}</h3>\n{2}</section>\n", id,
                     escaped(title), inner);
}

std::string figure_html(const PageFigure& figure, const std::string& id) {
  return part(
      id, figure.title,
      fmt::format("<figure>{}<figcaption>{}</figcaption></figure>\n", figure.svg, origin(figure.source)));
}

std::string table_html(const PageTable& table, const std::string& id) {
  return part(
      id, table.title,
      fmt::format(
          "{}<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{}\"><table>\n{}{}"
          "</table></div>\n",
          origin(table.source), id, head_of(table.table), body_of(table.table)));
}

std::string entry(const std::string& id, const std::string& title) {
  return fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, escaped(title));
}

std::string answers_html(const Page& page) {
  std::string items;
  for (const PageAnswer& answer : page.answers)
    items += fmt::format("<li>{} {}</li>\n", marked(answer.verdict), escaped(answer.text));
  return "<ul class=\"answer\">\n" + items + "</ul>\n";
}

}  // namespace

std::string html(const Page& page) {
  std::string contents;
  std::string figures;
  std::string tables;
  for (std::size_t i = 0; i < page.figures.size(); ++i) {
    const std::string id = fmt::format("figure-{}", i + 1);
    contents += entry(id, page.figures[i].title);
    figures += figure_html(page.figures[i], id);
  }
  for (std::size_t i = 0; i < page.tables.size(); ++i) {
    const std::string id = fmt::format("table-{}", i + 1);
    contents += entry(id, page.tables[i].title);
    tables += table_html(page.tables[i], id);
  }
  const std::string note = page.note.empty() ? "" : "<p>" + escaped(page.note) + "</p>\n";
  if (!figures.empty() || !note.empty()) figures = "<h2>Figures</h2>\n" + note + figures;
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}</title>\n"
      "<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n{2}<nav "
      "aria-label=\"Contents\"><ul>\n{3}</ul></nav>\n"
      "<main>\n{4}<h2>Tables</h2>\n{5}</main>\n<script>{6}</script>\n</body>\n</html>\n",
      escaped(page.title), page_sheet, answers_html(page), contents, figures, tables, page_script);
}

}  // namespace sca::evidence
