#include "evidence/plot/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "evidence/plot/panel.hpp"
#include "evidence/plot/style.hpp"
#include "evidence/provenance.hpp"
#include "evidence/table.hpp"

namespace sca::evidence {
namespace {

constexpr double edge = 10;  // around the figure
constexpr double heading_height = 24;
constexpr double numbers_height = 34;  // below a panel whose axis is spelled out further down

/// Where the panels of a figure stand.
struct Layout {
  std::vector<Frame> frames;
  std::vector<Spelling> spellings;
  double width = 0;
  double height = 0;
};

double label_width(const Panel& panel) {
  std::size_t widest = 0;
  for (const Curve& curve : panel.curves) widest = std::max(widest, width(curve.label));
  return widest == 0 ? 0 : 16 + style::small_advance * static_cast<double>(widest);
}

Spelling spelling(const Figure& figure, std::size_t i) {
  const std::size_t below = i + figure.columns;
  const bool is_first = i % figure.columns == 0;
  const auto& panels = figure.panels;
  return {.x_label = below >= panels.size() || panels[below].x.label != panels[i].x.label,
          .y = is_first || panels[i - 1].y.label != panels[i].y.label};
}

/// What a column needs beside its plots.
struct Margins {
  double before = style::gap;
  double after = 0;
};

std::vector<Margins> margins(const Figure& figure, const std::vector<Spelling>& spellings) {
  std::vector<Margins> columns(figure.columns);
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    Margins& column = columns[i % figure.columns];
    if (spellings[i].y) column.before = style::number_width;
    column.after = std::max(column.after, label_width(figure.panels[i]));
  }
  return columns;
}

/// The width of each plot: what the margins leave of the page.
double plot_width(const std::vector<Margins>& columns) {
  double left = style::page_width - 2 * edge;
  for (const Margins& column : columns) left -= column.before + column.after;
  return std::clamp(left / static_cast<double>(columns.size()), style::least_width, style::most_width);
}

Layout layout(const Figure& figure) {
  const std::size_t count = figure.panels.size();
  Layout result;
  for (std::size_t i = 0; i < count; ++i) result.spellings.push_back(spelling(figure, i));
  const std::vector<Margins> columns = margins(figure, result.spellings);
  const double wide = plot_width(columns);
  const double high = std::clamp(style::proportion * wide, style::least_height, style::most_height);
  result.frames.resize(count, {0, 0, wide, high});
  double x = edge;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    for (std::size_t i = column; i < count; i += columns.size())
      result.frames[i].left = x + columns[column].before;
    x += columns[column].before + wide + columns[column].after;
  }
  double y = figure.title.empty() ? 0 : heading_height;
  for (std::size_t row = 0; row < count; row += columns.size()) {
    double after = numbers_height;
    for (std::size_t i = row; i < std::min(count, row + columns.size()); ++i) {
      result.frames[i].top = y + style::title_height;
      if (result.spellings[i].x_label) after = style::axis_height;
    }
    y += style::title_height + high + after;
  }
  result.width = x + edge;
  result.height = y;
  return result;
}

std::vector<std::string> wrapped(const std::string& paragraph, std::size_t limit) {
  std::vector<std::string> lines(1);
  std::istringstream words(paragraph);
  for (std::string word; words >> word;) {
    std::string& line = lines.back();
    if (!line.empty() && width(line) + 1 + width(word) > limit) {
      lines.push_back(word);
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return lines;
}

/// A line of text of the figure itself, `down` pixels from its top.
std::string line(const std::string& text, double down, int size, const char* colour, const Drawing& of) {
  return fmt::format("set label {} at screen {:.5f},{:.5f} left font ',{}' textcolor rgb '{}'\n",
                     gnuplot_string(text), edge / of.width, 1 - down / of.height, size, colour);
}

}  // namespace

Drawing drawing(const Figure& figure) {
  const Layout places = layout(figure);
  std::vector<std::string> caption;
  for (const std::string& paragraph : figure.caption) {
    for (auto& text :
         wrapped(paragraph, static_cast<std::size_t>((places.width - 2 * edge) / style::small_advance)))
      caption.push_back(std::move(text));
  }
  const double caption_height = style::small_line * static_cast<double>(caption.size()) + edge;
  Drawing result{.width = static_cast<int>(std::ceil(places.width)),
                 .height = static_cast<int>(std::ceil(places.height + caption_height)),
                 .script = style::preamble()};
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    const Panel& panel = figure.panels[i];
    std::string script =
        panel_script(panel, x_range(figure.panels, panel.x.label), y_range(figure.panels, panel.y.label),
                     places.frames[i], places.spellings[i], result);
    result.script += script;
  }
  // What belongs to the whole figure is said in a last, empty plot that covers it.
  result.script += "unset label\nunset arrow\nunset tics\nunset border\nset margins 0,0,0,0\n";
  result.script += line(figure.title, heading_height / 2 + 2, style::small_size + 4, style::ink, result);
  double down = places.height + style::small_line / 2;
  for (const std::string& text : caption) {
    result.script += line(text, down, style::small_size, style::faint, result);
    down += style::small_line;
  }
  result.script += "plot NaN\nunset multiplot\n";
  return result;
}

std::string origin_line(const nlohmann::ordered_json& provenance) {
  const Provenance p = recorded_provenance(provenance);
  return fmt::format("{} · sca {} {} · {} {} · {} · seed {}", p.command, p.version, p.commit, p.compiler,
                     p.flags, p.cpu, p.seed);
}

}  // namespace sca::evidence
