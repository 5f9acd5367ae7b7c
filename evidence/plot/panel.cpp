#include "evidence/plot/panel.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "evidence/plot/clip.hpp"
#include "evidence/plot/labels.hpp"
#include "evidence/plot/style.hpp"
#include "evidence/table.hpp"

namespace sca::evidence {
namespace {

/// Data and plot commands of one panel, in drawing order.
struct Layers {
  std::string blocks;
  std::vector<std::string> fills, lines, thin;
  std::size_t count = 0;

  /// A block of data with these parts; its name.
  std::string add(const std::vector<std::vector<Place>>& parts) {
    std::string name = fmt::format("$data{}", count++);
    blocks += name + " << EOD\n";
    for (const auto& part : parts) {
      for (const Place& p : part) blocks += fmt::format("{:.5f} {:.5f}\n", p.x, p.y);
      blocks += "\n";
    }
    blocks += "EOD\n";
    return name;
  }
};

std::vector<Place> places(const Curve& curve, const Range& x, const Range& y) {
  std::vector<Place> line;
  for (const PlotPoint& p : curve.points) {
    if (!std::isnan(p.y)) line.push_back({x.place(p.x), y.place(p.y)});
  }
  return line;
}

/// The shade's outline: its upper edge, then its lower one backwards.
std::vector<Place> shade(const Curve& curve, const Range& x, const Range& y) {
  std::vector<Place> outline;
  for (const PlotPoint& p : curve.points) {
    const std::optional<double> high = curve.mark == Mark::bound ? p.y : p.high;
    if (p.low && high) outline.push_back({x.place(p.x), y.place(*high)});
  }
  for (auto p = curve.points.rbegin(); p != curve.points.rend(); ++p) {
    if (p->low && (p->high || curve.mark == Mark::bound))
      outline.push_back({x.place(p->x), y.place(*p->low)});
  }
  return outline;
}

void add_curve(const Curve& curve, const Range& x, const Range& y, Layers& layers) {
  const style::Look& look = style::look(curve.look);
  const auto fill = clipped_polygon(shade(curve, x, y));
  if (fill.size() > 2)
    layers.fills.push_back(fmt::format(
        "{} using 1:2 with filledcurves closed fillstyle transparent solid {} noborder linecolor rgb '{}'",
        layers.add({fill}), curve.mark == Mark::bound ? 0.07 : 0.2, look.colour));
  const std::vector<Place> line = places(curve, x, y);
  const auto parts = clipped_line(line);
  if (parts.empty()) return;
  const std::string data = layers.add(parts);
  if (curve.mark == Mark::theory) {
    layers.thin.push_back(
        fmt::format("{} using 1:2 with lines linewidth 0.8 linecolor rgb '{}'", data, style::ink));
  } else if (curve.mark == Mark::bound) {
    layers.fills.push_back(fmt::format("{} using 1:2 with lines linewidth 0.8 dashtype 3 linecolor rgb '{}'",
                                       data, look.colour));
  } else {
    std::vector<Place> inside;
    for (const Place& p : line) {
      if (!clipped_line({p}).empty()) inside.push_back(p);
    }
    if (curve.mark != Mark::runs)
      layers.lines.push_back(fmt::format("{} using 1:2 with lines linewidth 2 dashtype {} linecolor rgb '{}'",
                                         data, look.dash, look.colour));
    if (!inside.empty() && curve.mark != Mark::line)
      layers.lines.push_back(
          fmt::format("{} using 1:2 with points pointtype {} pointsize 0.45 linecolor rgb '{}'",
                      layers.add({inside}), look.point, look.colour));
  }
}

/// Where a curve that is seen ends, and how its label stands to it.
struct End {
  const Curve* curve;
  Place at;
  bool is_below;  // it left through the panel's floor
};

std::vector<End> ends(const Panel& panel, const Range& x, const Range& y) {
  std::vector<End> result;
  for (const Curve& curve : panel.curves) {
    if (curve.label.empty()) continue;
    const std::vector<Place> line = places(curve, x, y);
    const auto parts = clipped_line(line);
    if (parts.empty()) continue;
    const Place last = parts.back().back();
    result.push_back({&curve, last, line.back().y < 0 && last.y < 1e-9});
  }
  return result;
}

/// `background` is gnuplot's word for one, or nothing.
std::string label(const Curve& curve, double x, double y, const char* background) {
  return fmt::format("set label {} at graph {:.5f},{:.5f} left font ',{}' textcolor rgb '{}' {} front\n",
                     gnuplot_string(curve.label), x, y, style::small_size,
                     curve.mark == Mark::theory ? style::ink : style::look(curve.look).ink, background);
}

/// Labels of curves that leave through the floor: just right of where they do, one above the other where they
/// would touch. `top` becomes the height up to which they reach out of the panel on the right.
std::string floor_labels(const std::vector<End>& all, const Frame& frame, double& top) {
  struct Taken {
    double from, to;
    int row;
  };
  std::vector<Taken> taken;
  std::string text;
  for (const End& end : all) {
    if (!end.is_below) continue;
    Taken mine{end.at.x * frame.width, 0, 0};
    mine.to = mine.from + style::small_advance * (2 + static_cast<double>(width(end.curve->label)));
    const auto touches = [&](const Taken& other) {
      return other.row == mine.row && other.from < mine.to && mine.from < other.to;
    };
    while (std::ranges::any_of(taken, touches)) ++mine.row;
    taken.push_back(mine);
    const double line = style::small_line / frame.height;
    text += label(*end.curve, end.at.x + 5 / frame.width, (0.7 + mine.row) * line, "boxed");
    if (mine.to > frame.width) top = std::max(top, (1.7 + mine.row) * line);
  }
  return text;
}

/// Labels right of the panel, pushed apart, with a thin lead from the curve's end where they are not beside
/// it.
std::string side_labels(const std::vector<End>& all, const Frame& frame, double low) {
  std::vector<double> wanted;
  for (const End& end : all) {
    if (!end.is_below) wanted.push_back(end.at.y);
  }
  const std::vector<double> heights = pushed_apart(wanted, style::small_line / frame.height, low, 1);
  std::string text;
  std::size_t i = 0;
  for (const End& end : all) {
    if (end.is_below) continue;
    const double height = heights[i++];
    constexpr double lead_to = 10;  // pixels right of the panel
    text += label(*end.curve, 1 + (lead_to + 3) / frame.width, height, "");
    text += fmt::format(
        "set arrow from graph {:.5f},{:.5f} to graph {:.5f},{:.5f} nohead linewidth 0.6 dashtype 3 linecolor "
        "rgb "
        "'{}'\n",
        end.at.x, end.at.y, 1 + lead_to / frame.width, height, style::faint);
  }
  return text;
}

/// Rectangles behind the plot, from white to the first colour; gnuplot keeps them until they are unset.
std::string tile_script(const std::vector<Tile>& tiles, const Range& x, const Range& y) {
  constexpr std::array full{0x00, 0x72, 0xB2};
  std::string script;
  for (const Tile& tile : tiles) {
    std::string colour = "#";
    for (const int part : full)
      colour += fmt::format("{:02X}", 255 - static_cast<int>(std::lround(tile.shade * (255 - part))));
    script += fmt::format(
        "set object rectangle from graph {:.5f},{:.5f} to graph {:.5f},{:.5f} "
        "fillcolor rgb '{}' fillstyle solid noborder back\n",
        x.place(tile.x - 0.5), y.place(tile.y - 0.5), x.place(tile.x + 0.5), y.place(tile.y + 0.5), colour);
    script += fmt::format("set label {} at graph {:.5f},{:.5f} center font ',{}' textcolor rgb '{}' front\n",
                          gnuplot_string(tile.text), x.place(tile.x), y.place(tile.y), style::small_size,
                          tile.shade > 0.6 ? "#ffffff" : style::ink);
  }
  return script;
}

std::string tics(char axis, const Range& range, bool is_spelled) {
  std::vector<std::string> list;
  for (const Tick& tick : ticks(range)) {
    const double at = range.place(tick.value);
    if (at < -1e-9 || at > 1 + 1e-9) continue;
    list.push_back(fmt::format("{} {:.5f} {}", is_spelled ? gnuplot_string(tick.text) : "''", at,
                               tick.text.empty() ? 1 : 0));
  }
  return fmt::format("set {}tics ({})\n", axis, fmt::join(list, ", "));
}

/// What the axes are, where gnuplot would not keep clear of the neighbours.
std::string axis_labels(const Panel& panel, const Frame& frame, const Spelling& spelling) {
  const auto text = [](const std::string& what, double x, double y, const char* turn) {
    return fmt::format("set label {} at graph {:.5f},{:.5f} center {} font ',{}' textcolor rgb '{}'\n",
                       gnuplot_string(what), x, y, turn, style::small_size, style::ink);
  };
  constexpr double below = 36;
  constexpr double beside = 54;
  std::string result;
  if (spelling.x_label) result += text(panel.x.label, 0.5, -below / frame.height, "");
  if (spelling.y) result += text(panel.y.label, -beside / frame.width, 0.5, "rotate by 90");
  return result;
}

}  // namespace

std::string panel_script(const Panel& panel, const Range& x, const Range& y, const Frame& frame,
                         const Spelling& spelling, const Drawing& size) {
  std::string script = fmt::format(
      "unset label\nunset arrow\nset xrange [0:1]\nset yrange [0:1]\n"
      "set lmargin at screen {:.5f}\nset rmargin at screen {:.5f}\n"
      "set tmargin at screen {:.5f}\nset bmargin at screen {:.5f}\n",
      frame.left / size.width, (frame.left + frame.width) / size.width, 1 - frame.top / size.height,
      1 - (frame.top + frame.height) / size.height);
  script += fmt::format("set label {} at graph 0,{:.5f} left textcolor rgb '{}'\n",
                        gnuplot_string(panel.title), 1 + 12 / frame.height, style::ink);
  script += tics('x', x, true) + tics('y', y, spelling.y);
  script += axis_labels(panel, frame, spelling);
  const std::vector<End> all = ends(panel, x, y);
  double top = 0;
  script += floor_labels(all, frame, top);
  script += side_labels(all, frame, top);
  script += tile_script(panel.tiles, x, y);
  Layers layers;
  for (const Curve& curve : panel.curves) add_curve(curve, x, y, layers);
  std::vector<std::string> plots = layers.fills;
  plots.insert(plots.end(), layers.lines.begin(), layers.lines.end());
  plots.insert(plots.end(), layers.thin.begin(), layers.thin.end());
  if (plots.empty()) plots.emplace_back("NaN");
  script += fmt::format("plot {}\n", fmt::join(plots, ", \\\n  "));
  return layers.blocks + script + (panel.tiles.empty() ? "" : "unset object\n");
}

}  // namespace sca::evidence
