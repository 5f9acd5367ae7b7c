#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "experiments/analysis/figure_kinds.hpp"

// Figures whose x axes are the architecture's: ratio, M, both.

namespace sca::experiments::ablation {
namespace {

using evidence::Figure;
using evidence::Panel;
using evidence::Scale;
using Json = nlohmann::ordered_json;

constexpr std::size_t most_columns = 4;

std::optional<Figure> figure_of(const char* title, std::vector<Panel> panels, const std::string& caption,
                                const FigureData& data) {
  if (panels.empty()) return std::nullopt;
  const std::size_t columns = std::min(most_columns, panels.size());
  return Figure{.title = title,
                .columns = columns,
                .panels = std::move(panels),
                .caption = {caption, seeds_text(data)}};
}

evidence::Axis ratio_axis(const FigureData& data, const char* label) {
  evidence::Axis axis{.label = label, .scale = Scale::linear, .from = -0.5, .to = {}, .names = {}};
  for (std::size_t i = 0; i < data.ratios().size(); ++i)
    axis.names.emplace_back(static_cast<double>(i), short_ratio(data.ratios()[i]));
  axis.to = static_cast<double>(data.ratios().size()) - 0.5;
  return axis;
}

/// Of a ratio: one state size, one H, the larger theta.
struct Arm {
  const char* label;
  Json fields;
};

/// The groups of an arm, by M.
std::vector<std::pair<double, const RunGroup*>> arm_groups(const FigureData& data, const std::string& task,
                                                           const Json& ratio, const Arm& arm) {
  std::vector<std::pair<double, const RunGroup*>> groups;
  for (const std::int64_t M : data.samples()) {
    Json fields{{"ratio", ratio}, {"M", M}};
    fields.update(arm.fields);
    if (const RunGroup* group = data.find(task, fields)) groups.emplace_back(static_cast<double>(M), group);
  }
  return groups;
}

/// Arms may meet: one that holds nothing that was not drawn before is left out.
std::optional<Panel> m_panel(const FigureData& data, const std::string& task, const Json& ratio) {
  const double last = static_cast<double>(data.samples().back());
  Panel panel{.title = fmt::format("{}, {}", task, ratio == "inf" ? "all SCA" : short_ratio(ratio)),
              .x = {.label = "M", .scale = Scale::log2, .from = 0.8, .to = 1.25 * last, .names = {}},
              .y = value_axis(Metric::accuracy),
              .curves = {}};
  const std::int64_t H = data.base().value("D", 32) / data.base().value("K", 4);
  const std::vector<Arm> arms{{"one state size", Json::object()},
                              {"θ ≤ 12", {{"theta_max", 12}}},
                              {"one H", {{"H", H}}},
                              {"one H, θ ≤ 12", {{"H", H}, {"theta_max", 12}}}};
  std::set<const RunGroup*> drawn;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const auto groups = arm_groups(data, task, ratio, arms[i]);
    const std::size_t before = drawn.size();
    for (const auto& [M, group] : groups) drawn.insert(group);
    if (drawn.size() == before) continue;
    panel.y = value_axis(groups.front().second->first->metric);
    add_means(groups, i, arms[i].label, panel);
  }
  if (drawn.size() < 2) return std::nullopt;
  const RunRecord& one = *(*drawn.begin())->first;
  if (one.metric == Metric::accuracy) add_chance(one.chance, *panel.x.from, *panel.x.to, panel);
  return panel;
}

/// The ends of the means that a table of ratio x M shows.
std::pair<double, double> range_of_means(const FigureData& data, const std::string& task) {
  double least = 1e300;
  double most = -1e300;
  for (const Json& ratio : data.ratios()) {
    for (const std::int64_t M : data.samples()) {
      if (const RunGroup* group = data.find(task, {{"ratio", ratio}, {"M", M}})) {
        least = std::min(least, group->mean());
        most = std::max(most, group->mean());
      }
    }
  }
  return {least, most};
}

/// Full is best: accuracy 1, or the least bits of the task; the most bits keep a trace.
double shade_of(const RunGroup& group, std::pair<double, double> range) {
  if (group.first->metric == Metric::accuracy) return std::clamp(group.mean(), 0.0, 1.0);
  if (range.second == range.first) return 1;
  return 0.1 + 0.9 * (range.second - group.mean()) / (range.second - range.first);
}

Panel grid_panel(const FigureData& data, const std::string& task) {
  Panel panel{.title = task,
              .x = ratio_axis(data, "SCA : attention"),
              .y = {.label = "M", .scale = Scale::linear, .from = -0.5, .to = {}, .names = {}},
              .curves = {}};
  panel.y.to = static_cast<double>(data.samples().size()) - 0.5;
  const auto range = range_of_means(data, task);
  for (std::size_t m = 0; m < data.samples().size(); ++m) {
    panel.y.names.emplace_back(static_cast<double>(m), std::to_string(data.samples()[m]));
    for (std::size_t r = 0; r < data.ratios().size(); ++r) {
      const RunGroup* group = data.find(task, {{"ratio", data.ratios()[r]}, {"M", data.samples()[m]}});
      if (group == nullptr) continue;
      const bool is_accuracy = group->first->metric == Metric::accuracy;
      panel.tiles.push_back({static_cast<double>(r), static_cast<double>(m), shade_of(*group, range),
                             is_accuracy ? fmt::format("{:.0f} %", 100 * group->mean())
                                         : fmt::format("{:.3f}", group->mean())});
    }
  }
  return panel;
}

/// Whether there is more than one M, of what has an M (the first column may be attention alone), and ratio.
bool has_two_ways(const Panel& panel) {
  std::set<double> rows;
  std::set<double> columns;
  for (const evidence::Tile& tile : panel.tiles) {
    columns.insert(tile.x);
    if (tile.x > 0) rows.insert(tile.y);
  }
  return rows.size() > 1 && columns.size() > 1;
}

}  // namespace

std::optional<Figure> ratio_figure(const FigureData& data) {
  std::vector<Panel> panels;
  for (const std::string& task : data.tasks()) {
    std::vector<std::pair<double, const RunGroup*>> groups;
    for (std::size_t i = 0; i < data.ratios().size(); ++i) {
      if (const RunGroup* group = data.find(task, {{"ratio", data.ratios()[i]}}))
        groups.emplace_back(static_cast<double>(i), group);
    }
    if (groups.size() < 2) continue;
    const RunRecord& one = *groups.front().second->first;
    Panel panel{
        .title = task, .x = ratio_axis(data, "SCA : attention"), .y = value_axis(one.metric), .curves = {}};
    add_means(groups, 0, "", panel);
    if (one.metric == Metric::accuracy) add_chance(one.chance, *panel.x.from, *panel.x.to, panel);
    panels.push_back(std::move(panel));
  }
  return figure_of(
      "The layer ratio, task by task", std::move(panels),
      "SCA blocks for each attention block, from attention alone (att) to SCA alone (SCA), M as in the "
      "plan's base, parameters matched.",
      data);
}

std::optional<Figure> m_figure(const FigureData& data) {
  std::vector<Panel> panels;
  if (data.samples().size() < 2) return std::nullopt;
  for (const std::string& task : data.tasks()) {
    for (const Json& ratio : {data.base().value("ratio", Json(2)), Json("inf")}) {
      if (auto panel = m_panel(data, task, ratio)) panels.push_back(std::move(*panel));
    }
  }
  return figure_of("M, task by task", std::move(panels),
                   "At the plan's base ratio, and SCA alone. One state size: H = 2D/(KM), so the state "
                   "stays while heads narrow. One H: H = D/K, so the state grows with M. θ is at most 3 "
                   "where nothing else is said. Parameters are matched.",
                   data);
}

std::optional<Figure> grid_figure(const FigureData& data) {
  if (data.ratios().size() < 2 || data.samples().size() < 2) return std::nullopt;
  std::vector<Panel> panels;
  for (const std::string& task : data.tasks()) {
    Panel panel = grid_panel(data, task);
    if (has_two_ways(panel)) panels.push_back(std::move(panel));
  }
  if (panels.empty()) return std::nullopt;
  const std::size_t columns = std::min(most_columns, panels.size());
  Figure figure{
      .title = "Ratio and M together",
      .columns = columns,
      .panels = std::move(panels),
      .caption = {fmt::format("Means over n = {} seeds at most. Shade: accuracy from 0 to 1; of bits per "
                              "byte from the worst mean to the best. Attention alone has no M: it stands in "
                              "every row.",
                              data.seeds())}};
  return figure;
}

}  // namespace sca::experiments::ablation
