#include "experiments/analysis/groups.hpp"

#include <algorithm>
#include <set>

namespace sca::experiments::ablation {
namespace {

std::size_t task_place(const Questions& questions, const std::string& task) {
  return static_cast<std::size_t>(std::ranges::find(questions.tasks, task) - questions.tasks.begin());
}

}  // namespace

std::vector<double> RunGroup::scores() const {
  std::vector<double> result;
  for (const RunRecord* run : report) result.push_back(run->score());
  return result;
}

double RunGroup::mean() const {
  double sum = 0;
  for (const RunRecord* run : report) sum += run->score();
  return sum / static_cast<double>(report.size());
}

std::vector<RunGroup> run_groups(const Analysis& analysis) {
  std::vector<RunGroup> groups;
  for (const RunRecord& run : analysis.runs) {  // in order of task and architecture already
    if (groups.empty() || groups.back().first->task != run.task || groups.back().first->model != run.model)
      groups.push_back({&run, {}, {}});
    (run.split == Split::report ? groups.back().report : groups.back().selection).push_back(&run);
  }
  for (RunGroup& group : groups) {
    std::ranges::sort(group.report, {}, &RunRecord::seed);
    std::ranges::sort(group.selection, {}, &RunRecord::rate);
  }
  std::ranges::stable_sort(
      groups, {}, [&](const RunGroup& group) { return task_place(analysis.questions, group.first->task); });
  return groups;
}

std::vector<std::pair<std::int64_t, std::int64_t>> sizes_of(const Analysis& analysis) {
  std::set<std::pair<std::int64_t, std::int64_t>> sizes;
  for (const RunRecord& run : analysis.runs) sizes.emplace(run.spec.D, run.spec.blocks);
  return {sizes.begin(), sizes.end()};
}

nlohmann::ordered_json base_of(const Analysis& analysis, std::int64_t D, std::int64_t blocks) {
  nlohmann::ordered_json base = analysis.questions.base;
  base["D"] = D;
  base["blocks"] = blocks;
  return base;
}

const RunGroup* find_group(const std::vector<RunGroup>& groups, const std::string& task,
                           const std::string& model) {
  for (const RunGroup& group : groups) {
    if (group.first->task == task && group.first->model == model && !group.report.empty()) return &group;
  }
  return nullptr;
}

}  // namespace sca::experiments::ablation
