#pragma once

#include "evidence/plot/figure.hpp"
#include "experiments/analysis/figures.hpp"
#include "experiments/analysis/groups.hpp"

namespace sca::experiments::ablation {

/// The runs of one size of model, as figures ask for them.
class FigureData {
 public:
  FigureData(const Analysis& analysis, std::int64_t D, std::int64_t blocks);

  /// The report runs of the plan's base with these fields of its own; null if there are none.
  const RunGroup* find(const std::string& task, const nlohmann::ordered_json& fields) const;

  const std::vector<RunGroup>& groups() const { return groups_; }
  std::vector<std::string> tasks() const;                                        // that have report runs
  const std::vector<nlohmann::ordered_json>& ratios() const { return ratios_; }  // from 0 to "inf"
  const std::vector<std::int64_t>& samples() const { return samples_; }
  const nlohmann::ordered_json& base() const { return base_; }
  /// The most report runs of one group.
  std::size_t seeds() const;

 private:
  nlohmann::ordered_json base_;
  std::vector<RunGroup> groups_;
  std::vector<nlohmann::ordered_json> ratios_;
  std::vector<std::int64_t> samples_;
};

/// "att", "2:1", "SCA": where there is little room.
std::string short_ratio(const nlohmann::ordered_json& ratio);

/// The axis of a task's metric; its label is the same for all tasks of one metric.
evidence::Axis value_axis(Metric metric);

/// A mean with its interval over seeds (bca_mean).
evidence::PlotPoint mean_point(double x, const RunGroup& group);

/// Adds a curve of means under `label`, and the runs that they are of as points.
void add_means(const std::vector<std::pair<double, const RunGroup*>>& groups, std::size_t look,
               const std::string& label, evidence::Panel& panel);

/// Adds a thin line at what guessing reaches.
void add_chance(double chance, double from, double to, evidence::Panel& panel);

/// What every caption ends with.
std::string seeds_text(const FigureData& data);

}  // namespace sca::experiments::ablation
