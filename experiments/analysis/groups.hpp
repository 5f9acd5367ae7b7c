#pragma once

#include <vector>

#include "experiments/analysis/analysis.hpp"

namespace sca::experiments::ablation {

/// The runs of one task and architecture.
struct RunGroup {
  const RunRecord* first = nullptr;         // any of them: task, architecture, costs
  std::vector<const RunRecord*> report;     // by seed
  std::vector<const RunRecord*> selection;  // by learning rate

  std::vector<double> scores() const;  // of the report runs
  double mean() const;
};

/// All there are: by the plan's tasks, then by architecture (is_before); those without report runs, too.
std::vector<RunGroup> run_groups(const Analysis& analysis);

/// The sizes of models, (D, blocks), in ascending order.
std::vector<std::pair<std::int64_t, std::int64_t>> sizes_of(const Analysis& analysis);

/// The plan's base at a size.
nlohmann::ordered_json base_of(const Analysis& analysis, std::int64_t D, std::int64_t blocks);

/// The report runs' group; null if there are none.
const RunGroup* find_group(const std::vector<RunGroup>& groups, const std::string& task,
                           const std::string& model);

}  // namespace sca::experiments::ablation
