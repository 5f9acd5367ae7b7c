#include "experiments/capacity/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "evidence/input/error.hpp"
#include "experiments/capacity/recorded.hpp"

namespace sca::experiments::capacity {
namespace {

using evidence::Curve;
using evidence::Mark;
using evidence::Scale;
using Json = nlohmann::ordered_json;

/// How a study is drawn.
struct Look {
  const char* study;
  const char* title;
  const char* x;
  Scale x_scale;
  const char* y;
  Scale y_scale;
};

constexpr Look looks[] = {
    {"cliff/complex", "Cliff, complex: at M = t", "points M", Scale::linear, "relative residual",
     Scale::linear},
    {"cliff/real", "Cliff, real part: at 2M = t", "points M", Scale::linear, "relative residual",
     Scale::linear},
    {"cliff/channel", "Cliff, one channel: at 2M = t", "points M", Scale::linear, "relative residual",
     Scale::linear},
    {"conditioning/gautschi", "Six tokens, six nodes: errors grow", "separation sδ, rad", Scale::log10,
     "‖A⁻¹‖₁", Scale::log10},
    {"conditioning/beurling-selberg", "Oversampled: singular values", "equispaced points M", Scale::log2,
     "σ²/M", Scale::linear},
    {"rank/spectrum", "A channel's phases, θ ≤ 3", "n", Scale::linear, "σₙ/√(2Mt)", Scale::log10},
    {"rank/theta-max", "Rank at a tolerance, M = 12", "θ_max, rad", Scale::linear, "numerical rank",
     Scale::linear},
    {"rank/points", "Rank at a tolerance, θ ≤ 3", "points M of a channel", Scale::linear, "numerical rank",
     Scale::linear},
    {"recall/random-state", "Recall of a random state", "measured rank", Scale::log2, "pairs at 50 % top-1",
     Scale::log2},
    {"recall/phases", "What phases bind", "pairs n", Scale::log2, "top-1 of 64 values", Scale::linear},
    {"identifiability/known-weights", "Identifiability, known weights", "tokens t", Scale::linear,
     "unknowns left free, a channel", Scale::linear},
    {"identifiability/unknown-weights", "Identifiability, unknown weights", "tokens t", Scale::linear,
     "unknowns left free, a channel", Scale::linear},
};

/// What is drawn as one curve, and its name.
struct Group {
  std::string label;
  std::vector<PointRecord> points;
};

/// One curve a series; of the ranks nothing, which are whole numbers that the residuals show; of a random
/// state's designs one a value of K M.
std::vector<Group> groups(const std::vector<RecordedSeries>& all, const std::string& study) {
  std::vector<Group> result;
  for (const RecordedSeries& series : all) {
    if (series.key.study != study || (series.key.series == "rank" && study.starts_with("cliff/"))) continue;
    std::string label = series.key.series;
    if (label.starts_with("tolerance ")) label.erase(0, std::string("tolerance ").size());
    std::map<std::size_t, Group> by_points;
    for (const PointRecord& point : series.points) {
      const std::size_t points = point.design ? point.design->K * point.design->M : 0;
      Group& group = by_points[points];
      group.label = points == 0 ? label : fmt::format("KM = {}", points);
      group.points.push_back(point);
    }
    for (auto& [points, group] : by_points) result.push_back(std::move(group));
  }
  if (result.size() == 1) result.front().label.clear();
  return result;
}

Curve measured(const Group& group, std::size_t look) {
  Curve curve{.mark = Mark::measured, .look = look, .label = group.label, .points = {}};
  for (const PointRecord& p : group.points) curve.points.push_back({p.x, p.measured, p.low, p.high});
  return curve;
}

/// What is expected; named where nobody proved it.
Curve theory(const std::vector<PointRecord>& points, const Look& look) {
  const bool is_heuristic = std::string_view(look.study).starts_with("recall/");
  Curve curve{.mark = Mark::theory, .look = 0, .label = is_heuristic ? "normal scores" : "", .points = {}};
  for (const PointRecord& p : points) {
    if (p.prediction) curve.points.push_back({p.x, *p.prediction});
  }
  std::ranges::sort(curve.points, {}, &evidence::PlotPoint::x);
  return curve;
}

/// From what is bounded to its bound; or the envelope between two.
Curve bound(const Group& group, std::size_t look) {
  Curve curve{.mark = Mark::bound, .look = look, .label = "", .points = {}};
  for (const PointRecord& p : group.points) {
    if (p.upper) {
      curve.points.push_back({p.x, *p.upper, p.lower.value_or(p.measured)});
    } else if (p.lower) {
      curve.points.push_back({p.x, *p.lower, p.measured});
    }
  }
  return curve;
}

evidence::Panel panel(const std::vector<RecordedSeries>& all, const Look& look) {
  evidence::Panel result{.title = look.title,
                         .x = {.label = look.x, .scale = look.x_scale},
                         .y = {.label = look.y, .scale = look.y_scale},
                         .curves = {}};
  std::map<std::string, std::vector<PointRecord>> expected;  // designs share a line, series do not
  std::size_t number = 0;
  for (const Group& group : groups(all, look.study)) {
    result.curves.push_back(bound(group, number));
    result.curves.push_back(measured(group, number++));
    auto& points = expected[group.points.front().design ? "" : group.label];
    points.insert(points.end(), group.points.begin(), group.points.end());
  }
  for (const auto& [label, points] : expected) {
    Curve curve = theory(points, look);
    const auto is_said = [&](const Curve& other) { return other.label == curve.label; };
    if (std::ranges::any_of(result.curves, is_said)) curve.label.clear();
    result.curves.push_back(std::move(curve));
  }
  return result;
}

std::vector<std::string> caption(const Json& head) {
  const Json settings = head.value("settings", Json::object());
  return {
      fmt::format(
          "Strong lines: measured, the median of up to {} instances, or their mean where theory speaks of "
          "the mean; shade: least to largest, or the mean's 95 % interval. Thin lines: what theory "
          "expects. Dotted, with a light shade from what is measured: derived bounds (of the Gautschi "
          "product both, with what lies between). Ranks, residuals, norms and singular values are "
          "enclosed by intervals at the precision that decides them; recall is in double. Normal scores "
          "(a heuristic): recall if the readout's scores were normal, one √(rank/n) above the others.",
          settings.value("instances", 0)),
      evidence::origin_line(head.value("provenance", Json::object()))};
}

}  // namespace

evidence::Figure capacity_figure(const std::vector<Json>& records, std::string_view path) {
  const std::vector<RecordedSeries> all = recorded_series(records, path);
  evidence::Figure figure{.title = "What M points can and cannot retrieve",
                          .columns = 1,
                          .panels = {},
                          .caption = caption(records.front())};
  for (const Look& look : looks) {
    if (evidence::Panel one = panel(all, look); !one.curves.empty()) figure.panels.push_back(std::move(one));
  }
  if (figure.panels.empty()) throw evidence::InputError(path, "records", "points of a study", "none");
  constexpr std::size_t most_columns = 3;
  figure.columns = std::min(most_columns, figure.panels.size());
  return figure;
}

}  // namespace sca::experiments::capacity
