#include "experiments/plans/questions.hpp"

#include <algorithm>
#include <set>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

/// "D = 64, blocks = 24"
std::string written(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields.items())
    text += (text.empty() ? "" : ", ") + name + " = " +
            (value.is_string() ? value.get<std::string>() : value.dump());
  return text;
}

const std::vector<std::string>& asked_tasks(const Expansion& expansion, const Contrast& contrast) {
  return contrast.tasks.empty() ? expansion.profile.tasks : contrast.tasks;
}

}  // namespace

std::vector<std::string> tested_tasks(const Plan& plan, const Expansion& expansion,
                                      const Contrast& contrast) {
  std::set<std::string> cells;
  for (const Cell& cell : expansion.cells) cells.insert(cell_key(cell.config));
  const std::string where = plan.file + ": [[contrast]] " + evidence::in_quotes(contrast.name);
  std::vector<std::string> tested;
  for (const std::string& task : asked_tasks(expansion, contrast)) {
    const auto is_run = [&](const Fields& outer, const Fields& side) {
      return cells.contains(
          cell_key(configured(plan, expansion.profile, task, {outer, contrast.at, side}, where)));
    };
    const bool is_tested = std::ranges::any_of(
        combinations(expansion.profile.grid),
        [&](const Fields& outer) { return is_run(outer, contrast.a) && is_run(outer, contrast.b); });
    if (is_tested) tested.push_back(task);
  }
  return tested;
}

Questions questions_of(const Plan& plan, const Expansion& expansion) {
  Questions result{.plan = plan.name,
                   .profile = expansion.profile.name,
                   .question = plan.question,
                   .base = plan.base,
                   .tasks = {},
                   .contrasts = {},
                   .predictions = plan.predictions};
  result.base.update(expansion.profile.base);
  for (const Cell& cell : expansion.cells) {
    if (std::ranges::find(result.tasks, cell.config.task) == result.tasks.end())
      result.tasks.push_back(cell.config.task);
  }
  for (const Contrast& contrast : plan.contrasts) {
    for (const Fields& outer : combinations(expansion.profile.grid)) {
      Contrast one = contrast;
      one.tasks = asked_tasks(expansion, contrast);
      one.at = outer;
      one.at.update(contrast.at);
      if (!outer.empty()) one.name += ", " + written(outer);
      result.contrasts.push_back(std::move(one));
    }
  }
  return result;
}

}  // namespace sca::experiments::ablation
