#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>

#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/capacity.hpp"
#include "experiments/analysis/ecdf.hpp"
#include "experiments/analysis/figure_kinds.hpp"

// Figures of what runs went through: state, steps, lengths, learning rates; and of capacity.

namespace sca::experiments::ablation {
namespace {

using evidence::Curve;
using evidence::Figure;
using evidence::Mark;
using evidence::Panel;
using evidence::Scale;
using Json = nlohmann::ordered_json;

/// A panel of a task; the look of each ratio is the same everywhere.
using TaskPanel = std::optional<Panel> (*)(const FigureData& data, const std::string& task);

std::optional<Figure> by_task(const FigureData& data, TaskPanel panel_of, const char* title,
                              std::vector<std::string> caption) {
  Figure figure{.title = title, .columns = 3, .panels = {}, .caption = std::move(caption)};
  for (const std::string& task : data.tasks()) {
    if (auto panel = panel_of(data, task)) figure.panels.push_back(std::move(*panel));
  }
  if (figure.panels.empty()) return std::nullopt;
  figure.columns = std::min(figure.columns, figure.panels.size());
  return figure;
}

/// The groups of a task at a ratio, of every M: nothing else differs from the base but what `more` says.
std::vector<const RunGroup*> of_ratio(const FigureData& data, const std::string& task, const Json& ratio,
                                      const Json& more) {
  std::vector<const RunGroup*> result;
  for (const std::int64_t M : data.samples()) {
    Json fields{{"ratio", ratio}, {"M", M}};
    fields.update(more);
    const RunGroup* group = data.find(task, fields);
    if (group != nullptr && std::ranges::find(result, group) == result.end()) result.push_back(group);
  }
  return result;
}

std::optional<Panel> state_panel(const FigureData& data, const std::string& task) {
  Panel panel{
      .title = task,
      .x = {.label = "state of a sequence, bytes", .scale = Scale::log10, .from = {}, .to = {}, .names = {}},
      .y = value_axis(Metric::accuracy),
      .curves = {}};
  for (std::size_t i = 0; i < data.ratios().size(); ++i) {
    Curve runs{.mark = Mark::runs, .look = i, .label = short_ratio(data.ratios()[i]), .points = {}};
    std::vector<const RunGroup*> groups = of_ratio(data, task, data.ratios()[i], Json::object());
    const std::int64_t H = data.base().value("D", 32) / data.base().value("K", 4);
    std::ranges::copy(of_ratio(data, task, data.ratios()[i], {{"H", H}}), std::back_inserter(groups));
    for (const RunGroup* group : groups) {
      panel.y = value_axis(group->first->metric);
      for (const double score : group->scores()) runs.points.push_back({group->first->state_bytes, score});
    }
    std::ranges::sort(runs.points, {}, &evidence::PlotPoint::x);
    if (!runs.points.empty()) panel.curves.push_back(std::move(runs));
  }
  if (panel.curves.size() < 2) return std::nullopt;
  return panel;
}

std::optional<Panel> steps_panel(const FigureData& data, const std::string& task) {
  Panel panel{.title = task,
              .x = {.label = "steps to half-way", .scale = Scale::linear, .from = 0, .to = {}, .names = {}},
              .y = {.label = "share of runs", .scale = Scale::linear, .from = 0, .to = 1.02, .names = {}},
              .curves = {}};
  double last = 0;
  for (std::size_t i = 0; i < data.ratios().size(); ++i) {
    std::vector<std::optional<double>> steps;
    for (const RunGroup* group : of_ratio(data, task, data.ratios()[i], Json::object())) {
      if (group->first->metric != Metric::accuracy) return std::nullopt;
      for (const RunRecord* run : group->report) {
        steps.push_back(steps_to_half(run->curve, run->chance));
        last = std::max(last, static_cast<double>(run->steps));
      }
    }
    if (steps.empty()) continue;
    Curve curve{.mark = Mark::line, .look = i, .label = short_ratio(data.ratios()[i]), .points = {{0, 0}}};
    for (const EcdfPoint& step : ecdf(steps)) {
      curve.points.push_back({step.x, curve.points.back().y});
      curve.points.push_back({step.x, step.share});
    }
    panel.curves.push_back(std::move(curve));
  }
  for (Curve& curve : panel.curves) curve.points.push_back({last, curve.points.back().y});
  panel.x.to = last;
  if (panel.curves.empty() || last == 0) return std::nullopt;
  return panel;
}

/// The value at each length "T=...".
std::optional<Panel> length_panel(const FigureData& data, const std::string& task) {
  Panel panel{.title = task,
              .x = {.label = "length T", .scale = Scale::log2, .from = {}, .to = {}, .names = {}},
              .y = value_axis(Metric::accuracy),
              .curves = {}};
  double chance = 0;
  double longest = 0;
  for (std::size_t i = 0; i < data.ratios().size(); ++i) {
    const RunGroup* group = data.find(task, {{"ratio", data.ratios()[i]}});
    if (group == nullptr) continue;
    std::map<double, std::vector<double>> values;
    for (const RunRecord* run : group->report) {
      for (const GroupValue& one : run->groups) {
        double T = 0;
        if (!one.name.starts_with("T=")) continue;
        std::from_chars(one.name.data() + 2, one.name.data() + one.name.size(), T);
        values[T].push_back(one.value);
      }
    }
    if (values.size() < 2) continue;
    Curve curve{.mark = Mark::measured, .look = i, .label = short_ratio(data.ratios()[i]), .points = {}};
    for (const auto& [T, all] : values) {
      double mean = 0;
      for (const double value : all) mean += value / static_cast<double>(all.size());
      const auto [least, most] = std::ranges::minmax(all);
      curve.points.push_back({T, mean, least, most});
    }
    chance = group->first->chance;
    longest = std::max(longest, values.rbegin()->first);
    panel.curves.push_back(std::move(curve));
  }
  if (panel.curves.empty()) return std::nullopt;
  add_chance(chance, panel.curves.front().points.front().x, longest, panel);
  return panel;
}

std::optional<Panel> rates_panel(const FigureData& data, const std::string& task) {
  Panel panel{.title = task,
              .x = {.label = "learning rate", .scale = Scale::log10, .from = {}, .to = {}, .names = {}},
              .y = value_axis(Metric::accuracy),
              .curves = {}};
  for (const RunGroup& group : data.groups()) {
    if (group.first->task != task || group.selection.size() < 2) continue;
    const auto& ratios = data.ratios();
    const ModelSpec& spec = group.first->spec;
    const Json ratio = spec.ratio >= spec.blocks ? Json("inf") : Json(spec.ratio);
    if (group.first->model != architecture_key(architecture(data.base(), {{"ratio", ratio}}))) continue;
    const auto look = static_cast<std::size_t>(std::ranges::find(ratios, ratio) - ratios.begin());
    panel.y = value_axis(group.first->metric);
    Curve curve{.mark = Mark::measured, .look = look, .label = short_ratio(ratio), .points = {}};
    for (const RunRecord* run : group.selection) curve.points.push_back({run->rate, run->score()});
    panel.curves.push_back(std::move(curve));
  }
  if (panel.curves.empty()) return std::nullopt;
  return panel;
}

}  // namespace

std::optional<Figure> state_figure(const FigureData& data) {
  return by_task(data, state_panel, "What a byte of state buys",
                 {fmt::format("A point a report run (n = {} seeds of each architecture at most), of every M "
                              "with that ratio, at one state size and at one H. State: what decoding keeps "
                              "of a sequence of the task's longest length, attention's keys and values with "
                              "it.",
                              data.seeds())});
}

std::optional<Figure> steps_figure(const FigureData& data) {
  return by_task(
      data, steps_panel, "How soon models learn",
      {fmt::format("The share of report runs that were half-way from chance to 1 by then; every M of a ratio "
                   "together, n = {} seeds of each at most. Runs that never were keep a line below 1.",
                   data.seeds())});
}

std::optional<Figure> length_figure(const FigureData& data) {
  return by_task(
      data, length_panel, "Beyond the training length",
      {fmt::format("Accuracy over all positions of sequences of length T; models were trained on the "
                   "shortest. Means of n = {} seeds at most; shade: least to largest. Thin line: chance.",
                   data.seeds())});
}

std::optional<Figure> rates_figure(const FigureData& data) {
  return by_task(data, rates_panel, "Learning rates",
                 {"Pilot runs, one seed (n = 1) on the selection split, fewer steps than report runs; M as "
                  "in the plan's base. One that diverged counts as guessing."});
}

std::optional<Figure> capacity_figure(const Analysis& analysis) {
  const std::vector<CapacityCurve> curves = capacity_curves(analysis);
  const auto panel_of = [](const char* label) {
    return Panel{.title = std::string("against ") + label,
                 .x = {.label = label, .scale = Scale::log2, .from = {}, .to = {}, .names = {}},
                 .y = {.label = "N at 50 % recall", .scale = Scale::log2, .from = {}, .to = {}, .names = {}},
                 .curves = {{.mark = Mark::runs, .look = 0, .label = "", .points = {}}}};
  };
  std::vector<Panel> panels{panel_of("K·M"), panel_of("K·H"), panel_of("2KHM")};
  for (const CapacityCurve& curve : curves) {
    if (!curve.n50) continue;
    const ModelSpec& s = curve.spec;
    panels[0].curves[0].points.push_back({static_cast<double>(s.K * s.M), *curve.n50});
    panels[1].curves[0].points.push_back({static_cast<double>(s.K * s.H), *curve.n50});
    panels[2].curves[0].points.push_back({curve.state(), *curve.n50});
  }
  if (panels[0].curves[0].points.size() < 2) return std::nullopt;
  for (Panel& panel : panels) std::ranges::sort(panel.curves[0].points, {}, &evidence::PlotPoint::x);
  Curve expected{.mark = Mark::bound, .look = 1, .label = "0.11–0.16", .points = {}};
  for (const evidence::PlotPoint& point : panels[2].curves[0].points)
    expected.points.push_back({point.x, 0.16 * point.x, 0.11 * point.x});
  panels[2].curves.push_back(std::move(expected));
  return Figure{
      .title = "Capacity of SCA alone",
      .columns = 3,
      .panels = std::move(panels),
      .caption = {
          "A point an architecture without attention: the number of pairs of mqar at which mean recall, "
          "from chance to 1, falls through one half. Dotted: 0.16 of 2KHM, the shade down to 0.11."}};
}

}  // namespace sca::experiments::ablation
