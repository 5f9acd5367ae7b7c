#include "experiments/analysis/figure_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "evidence/hash.hpp"
#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/bca.hpp"

namespace sca::experiments::ablation {

using Json = nlohmann::ordered_json;

FigureData::FigureData(const Analysis& analysis, std::int64_t D, std::int64_t blocks)
    : base_(base_of(analysis, D, blocks)) {
  std::set<std::int64_t> ratios;
  std::set<std::int64_t> Ms;
  for (RunGroup& group : run_groups(analysis)) {
    const ModelSpec& spec = group.first->spec;
    if (spec.D != D || spec.blocks != blocks) continue;
    if (!group.report.empty()) {
      ratios.insert(spec.ratio);
      if (spec.ratio > 0) Ms.insert(spec.M);
    }
    groups_.push_back(std::move(group));
  }
  for (const std::int64_t ratio : ratios) ratios_.push_back(ratio >= blocks ? Json("inf") : Json(ratio));
  samples_.assign(Ms.begin(), Ms.end());
}

const RunGroup* FigureData::find(const std::string& task, const Json& fields) const {
  return find_group(groups_, task, architecture_key(architecture(base_, fields)));
}

std::vector<std::string> FigureData::tasks() const {
  std::vector<std::string> names;
  for (const RunGroup& group : groups_) {
    if (!group.report.empty() && (names.empty() || names.back() != group.first->task))
      names.push_back(group.first->task);
  }
  return names;
}

std::size_t FigureData::seeds() const {
  std::size_t most = 0;
  for (const RunGroup& group : groups_) most = std::max(most, group.report.size());
  return most;
}

std::string short_ratio(const Json& ratio) {
  if (ratio == "inf") return "SCA";
  return ratio == 0 ? "att" : ratio.dump() + ":1";
}

evidence::Axis value_axis(Metric metric) {
  if (metric == Metric::bits_per_byte)
    return {.label = "bits per byte", .scale = evidence::Scale::linear, .from = {}, .to = {}, .names = {}};
  return {.label = "accuracy", .scale = evidence::Scale::linear, .from = 0, .to = 1.02, .names = {}};
}

evidence::PlotPoint mean_point(double x, const RunGroup& group) {
  const Interval interval =
      bca_mean(group.scores(), evidence::hashed(group.first->task + group.first->model));
  return {x, interval.estimate, interval.low, interval.high};
}

void add_means(const std::vector<std::pair<double, const RunGroup*>>& groups, std::size_t look,
               const std::string& label, evidence::Panel& panel) {
  evidence::Curve means{.mark = evidence::Mark::line, .look = look, .label = label, .points = {}};
  evidence::Curve runs{.mark = evidence::Mark::runs, .look = look, .label = "", .points = {}};
  for (const auto& [x, group] : groups) {
    if (group == nullptr) continue;
    means.points.push_back(mean_point(x, *group));
    for (const double score : group->scores()) runs.points.push_back({x, score});
  }
  if (means.points.empty()) return;
  panel.curves.push_back(std::move(means));
  panel.curves.push_back(std::move(runs));
}

void add_chance(double chance, double from, double to, evidence::Panel& panel) {
  panel.curves.push_back(
      {.mark = evidence::Mark::theory, .look = 0, .label = "", .points = {{from, chance}, {to, chance}}});
}

std::string seeds_text(const FigureData& data) {
  return fmt::format(
      "Points: single runs, n = {} seeds each at most (one that diverged counts as guessing). Strong lines: "
      "means. Shade: 95 % BCa interval over seeds{}. Thin line: chance.",
      data.seeds(), data.seeds() < 10 ? "; of so few it describes these runs and promises nothing" : "");
}

}  // namespace sca::experiments::ablation
