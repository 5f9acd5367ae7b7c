#include "experiments/quadrature/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "evidence/input/error.hpp"
#include "experiments/quadrature/choice.hpp"

namespace sca::experiments {
namespace {

using Json = nlohmann::ordered_json;
using evidence::Curve;
using evidence::Mark;
using evidence::PlotPoint;

constexpr std::size_t most_columns = 4;
/// What float32 cannot tell from exact (its unit roundoff is 6e-8) is below the figure.
constexpr double least_error = 1e-8;

Curve bound(const RecordedSeries& series, const FigureRow& row, std::size_t look) {
  Curve curve{.mark = Mark::bound, .look = look, .label = "", .points = {}};
  for (const RecordedSize& size : series.sizes) {
    const auto& error = size.*row.error;
    if (error && size.bound && size.bound_of == row.of)
      curve.points.push_back({size.M, *size.bound, error->rms});
  }
  return curve;
}

/// Theory's line where its precondition holds: the rate, laid through the upper half of the sizes. An
/// upper bound of the rate says nothing where the bound itself is drawn.
std::optional<Curve> theory(const RecordedSeries& series, const FigureRow& row, std::size_t look,
                            double most_M) {
  const auto fit = std::ranges::find(series.fits, row.of, &RecordedFit::of);
  if (fit == series.fits.end() || !fit->rate || !fit->slope) return std::nullopt;
  if (!fit->rate->is_equal && !bound(series, row, look).points.empty()) return std::nullopt;
  const bool is_power = fit->slope->is_power;
  const double slope = fit->rate->low;
  std::vector<std::pair<double, double>> points;  // size, error
  for (const RecordedSize& size : series.sizes) {
    const auto& error = size.*row.error;
    if (!error || !(error->rms > 0) || !size.precondition || size.M > most_M) continue;
    points.emplace_back(is_power ? size.M : size.n.value_or(size.M), error->rms);
  }
  constexpr std::size_t least_points = 3;
  if (points.size() < least_points) return std::nullopt;
  const auto abscissa = [&](double size) { return is_power ? std::log(size) : size; };
  double level = 0;
  const std::size_t half = points.size() / 2;
  for (std::size_t i = half; i < points.size(); ++i)
    level += std::log(points[i].second) - slope * abscissa(points[i].first);
  level /= static_cast<double>(points.size() - half);
  const double first = points[half].first;
  Curve curve{.mark = Mark::theory, .look = look, .label = "", .points = {}};
  const int steps = is_power ? 1 : 48;  // a geometric law is curved on logarithmic axes
  for (int i = 0; i <= steps; ++i) {
    const double size = first * std::pow(points.back().first / first, static_cast<double>(i) / steps);
    const double M = is_power ? size : std::pow(size, static_cast<double>(series.d));
    curve.points.push_back({M, std::exp(level + slope * abscissa(size))});
  }
  return curve;
}

Curve measured(const RecordedSeries& series, const FigureRow& row, std::size_t look, std::string label) {
  Curve curve{.mark = Mark::measured, .look = look, .label = std::move(label), .points = {}};
  for (const RecordedSize& size : series.sizes) {
    if (const auto& error = size.*row.error)
      curve.points.push_back({size.M, error->rms, error->q25, error->q75});
  }
  return curve;
}

/// As many points as the rules without axes were given: the same budget for all.
double budget(const std::vector<RecordedSeries>& all) {
  double most = 0;
  for (const RecordedSeries& series : all) {
    for (const RecordedSize& size : series.sizes) {
      if (!size.n) most = std::max(most, size.M);
    }
  }
  if (most > 0) return most;
  constexpr double affordable = 1 << 20;
  for (const RecordedSeries& series : all) {
    for (const RecordedSize& size : series.sizes) {
      if (size.M <= affordable) most = std::max(most, size.M);
    }
  }
  return most > 0 ? most : std::numeric_limits<double>::infinity();
}

evidence::Panel panel(const std::vector<RecordedSeries>& all, const RecordedPrefixes& column,
                      const FigureRow& row, const Choice& choice,
                      const std::map<FigureLine, std::size_t>& look_of, double most_M) {
  evidence::Panel result{
      .title = column.title(), .x = {.label = "M, points"}, .y = {.label = row.label}, .curves = {}};
  // A hair beyond: the last point is not to sit on the frame.
  if (std::isfinite(most_M)) result.x.to = 1.2 * most_M;
  for (const FigureLine& line : choice.shown) {
    for (const RecordedSeries& series : all) {
      if (line_of(series) != line || prefixes_of(series) != column || !has_error(series, row)) continue;
      const std::size_t look = look_of.at(line);
      result.curves.push_back(bound(series, row, look));
      result.curves.push_back(measured(series, row, look, label(line, choice.shown)));
      if (auto rate = theory(series, row, look, most_M)) result.curves.push_back(std::move(*rate));
    }
  }
  return result;
}

std::string title(const std::string& target) {
  if (target == "token") return "What M points cost: one token's retrieval";
  if (target == "attention-oracle")
    return "What M points cost: softmax attention, by a query that knows the prefix";
  return "What M points cost: softmax attention, by a query of the current token alone";
}

std::vector<std::string> caption(const Json& head, const std::array<Choice, 2>& choices) {
  const Json settings = head.value("settings", Json::object());
  std::vector<std::string> text{
      fmt::format("Own error: the rule's against the windowed integral, T D = {}; total: against the ideal. "
                  "Strong lines: root mean "
                  "square over {} prefixes; shade: their quartiles. Thin lines: theory's rate (its leading "
                  "power) where its "
                  "precondition holds, through the upper half of the sizes. Dotted, with a light shade "
                  "below: the derived bound "
                  "(90 % quantile over the prefixes).",
                  settings.value("phase", "?"), settings.value("instances", 0))};
  if (choices[0].of + choices[1].of > choices[0].shown.size() + choices[1].shown.size())
    text.push_back(
        fmt::format("Drawn are {} of {} own errors and {} of {} total ones; name rules for others.",
                    choices[0].shown.size(), choices[0].of, choices[1].shown.size(), choices[1].of));
  text.push_back(evidence::origin_line(head.value("provenance", Json::object())));
  return text;
}

/// Both rows' panels, in bands of a few columns each.
void add_panels(const std::vector<RecordedSeries>& all, const std::array<Choice, 2>& choices,
                evidence::Figure& figure) {
  const std::vector<RecordedPrefixes> columns = recorded_prefixes(all);
  const std::size_t bands = (columns.size() + most_columns - 1) / most_columns;
  figure.columns = (columns.size() + bands - 1) / bands;
  const auto look_of = looks(choices);
  const double most_M = budget(all);
  for (std::size_t first = 0; first < columns.size(); first += figure.columns) {
    for (std::size_t r = 0; r < figure_rows().size(); ++r) {
      if (choices[r].shown.empty()) continue;
      for (std::size_t c = first; c < std::min(columns.size(), first + figure.columns); ++c)
        figure.panels.push_back(panel(all, columns[c], figure_rows()[r], choices[r], look_of, most_M));
    }
  }
}

/// Errors that no float tells from 0 do not stretch the axis.
void limit_errors(evidence::Figure& figure) {
  for (evidence::Panel& panel : figure.panels) {
    const double most_M = panel.x.to.value_or(std::numeric_limits<double>::infinity());
    const auto is_tiny = [&](const PlotPoint& p) {
      return p.x <= most_M && std::min(p.y, p.low.value_or(p.y)) < least_error;
    };
    const auto has_tiny = [&](const evidence::Panel& other) {
      return other.y.label == panel.y.label && std::ranges::any_of(other.curves, [&](const Curve& c) {
               return std::ranges::any_of(c.points, is_tiny);
             });
    };
    if (std::ranges::any_of(figure.panels, has_tiny)) panel.y.from = least_error;
  }
}

}  // namespace

std::vector<std::string> recorded_targets(const std::vector<Json>& records, std::string_view path) {
  std::vector<std::string> targets;
  for (const RecordedSeries& series : recorded_series(records, path)) {
    if (series.sizes.empty()) continue;
    if (std::ranges::find(targets, series.target) == targets.end()) targets.push_back(series.target);
  }
  return targets;
}

evidence::Figure quadrature_figure(const std::vector<Json>& records, std::string_view path,
                                   const std::string& target) {
  std::vector<RecordedSeries> all = recorded_series(records, path);
  std::erase_if(all, [&](const RecordedSeries& s) { return s.target != target || s.sizes.empty(); });
  const std::array<Choice, 2> choices{chosen(all, figure_rows()[0]), chosen(all, figure_rows()[1])};
  if (choices[0].shown.empty() && choices[1].shown.empty())
    throw evidence::InputError(path, "records", "errors of '" + target + "'", "none");
  evidence::Figure figure{
      .title = title(target), .columns = 1, .panels = {}, .caption = caption(records.front(), choices)};
  add_panels(all, choices, figure);
  limit_errors(figure);
  return figure;
}

}  // namespace sca::experiments
