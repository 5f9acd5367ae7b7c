#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "evidence/plot/gnuplot.hpp"

// Figures in one look (style.hpp): say what is to be seen, and `drawing` lays it out and writes gnuplot's
// commands.
//   Panel panel{.title = "d = 2", .x = {"M, points"}, .y = {"error"}, .curves = {}};
//   panel.curves.push_back({Mark::measured, 0, "midpoint", {{2, 0.5}, {4, 0.1, 0.07, 0.2}}});
//   draw("error.svg", drawing({.title = "…", .columns = 4, .panels = {panel, …}, .caption = {…}}));

namespace sca::evidence {

enum class Scale { linear, log2, log10 };

/// Panels whose axes have the same label share its range. What is not given of a range comes from what was
/// measured.
struct Axis {
  std::string label;  // with the unit
  Scale scale = Scale::log10;
  std::optional<double> from = {};
  std::optional<double> to = {};
  std::vector<std::pair<double, std::string>> names = {};  // of what stands there, instead of numbers
};

/// A point of a curve, and the ends of the shade at it. On a logarithmic axis 0 lies below everything.
struct PlotPoint {
  double x = 0;
  double y = 0;
  std::optional<double> low = {};
  std::optional<double> high = {};
};

enum class Mark {
  measured,  // a strong line with points; shade: how far the measurements spread
  line,      // the same without the points
  runs,      // points alone: single measurements
  theory,    // a thin line
  bound,     // a dotted line; shade: from what is bounded up to its bound
};

struct Curve {
  Mark mark = Mark::measured;
  std::size_t look = 0;           // of style::look: the same for the same thing in every panel
  std::string label;              // stands at the curve's end; empty: none
  std::vector<PlotPoint> points;  // ascending in x
};

/// A cell of a table that is drawn: a unit wide and high on linear axes.
struct Tile {
  double x = 0;  // its middle
  double y = 0;
  double shade = 0;  // 0: none, 1: full
  std::string text;
};

struct Panel {
  std::string title;
  Axis x;
  Axis y;
  std::vector<Curve> curves;
  std::vector<Tile> tiles = {};  // on axes whose whole range is given
};

struct Figure {
  std::string title;
  std::size_t columns = 1;
  std::vector<Panel> panels;         // row by row
  std::vector<std::string> caption;  // paragraphs; they are wrapped
};

/// domain   a panel at least; on every axis without a whole range, something finite that was measured (or,
/// where
///          nothing is measured, computed), positive if the axis is logarithmic
Drawing drawing(const Figure& figure);

/// The caption's line that says where the records come from, from their "provenance".
std::string origin_line(const nlohmann::ordered_json& provenance);

}  // namespace sca::evidence
