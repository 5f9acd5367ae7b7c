#include "experiments/runner/budget.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sca::experiments::ablation {
namespace {

/// What a core of the machine that the smoke profile was first run on kept up, evaluations included.
constexpr double stated_flops = 20e9;

void add_cell(Budget& budget, const Expansion& expansion, const Cell& cell,
              const std::function<RunCost(const RunConfig&)>& cost) {
  const double rate = expansion.rates.front();
  const std::size_t choices = expansion.rates.size() > 1 ? expansion.rates.size() : 0;
  const std::size_t seeds = expansion.profile.seeds.size();
  const RunCost choice = cost(choice_run(expansion, cell, rate));
  const RunCost report = cost(report_run(expansion, cell, rate, expansion.profile.seeds.front()));
  budget.least_parameters =
      budget.cells == 0 ? report.parameters : std::min(budget.least_parameters, report.parameters);
  budget.most_parameters = std::max(budget.most_parameters, report.parameters);
  budget.cells += 1;
  budget.choice_runs += choices;
  budget.report_runs += seeds;
  budget.flops +=
      static_cast<double>(choices) * choice.train_flops + static_cast<double>(seeds) * report.train_flops;
  budget.disk_bytes += static_cast<double>(seeds) * 4 * static_cast<double>(report.parameters);
  budget.memory_bytes = std::max({budget.memory_bytes, choice.memory_bytes, report.memory_bytes});
}

}  // namespace

std::vector<Budget> budgets(const Expansion& expansion,
                            const std::function<RunCost(const RunConfig&)>& cost) {
  std::vector<Budget> result;
  for (std::size_t arm = 0; arm < expansion.arms.size(); ++arm) {
    Budget budget{.arm = expansion.arms[arm]};
    for (const Cell& cell : expansion.cells) {
      if (cell.arm == arm) add_cell(budget, expansion, cell, cost);
    }
    if (budget.cells > 0) result.push_back(budget);
  }
  return result;
}

Budget total(const std::vector<Budget>& budgets) {
  Budget all = budgets.front();
  all.arm = "total";
  for (std::size_t i = 1; i < budgets.size(); ++i) {
    const Budget& one = budgets[i];
    all.cells += one.cells;
    all.choice_runs += one.choice_runs;
    all.report_runs += one.report_runs;
    all.least_parameters = std::min(all.least_parameters, one.least_parameters);
    all.most_parameters = std::max(all.most_parameters, one.most_parameters);
    all.flops += one.flops;
    all.disk_bytes += one.disk_bytes;
    all.memory_bytes = std::max(all.memory_bytes, one.memory_bytes);
  }
  return all;
}

Speed speed(const Records* records, const std::string& folder) {
  double flops = 0, seconds = 0;
  std::size_t runs = 0;
  for (const auto& [id, record] :
       records == nullptr ? std::map<std::string, nlohmann::ordered_json>{} : records->all()) {
    if (record.value("status", "") != "done") continue;
    flops += record.value("train_flops", 0.0);
    seconds += record.value("seconds", 0.0);
    ++runs;
  }
  if (!(seconds > 0)) return {stated_flops, "stated"};
  return {flops / seconds, fmt::format("measured: {} runs in {}", runs, folder)};
}

}  // namespace sca::experiments::ablation
