#include "cli/ablate_output.hpp"

#include <fmt/format.h>

#include <iostream>

#include "evidence/table.hpp"
#include "experiments/plans/questions.hpp"
#include "experiments/runner/pace.hpp"

namespace sca::cli {
namespace {

using namespace experiments::ablation;
using Align = evidence::Table::Align;
using Lines = std::vector<nlohmann::ordered_json>;

double seconds_of(double flops, const Machine& machine) { return flops / machine.speed.flops / machine.jobs; }

std::string in_units(double number) {
  constexpr std::array units{"", "k", "M", "G", "T", "P", "E"};
  std::size_t unit = 0;
  for (; number >= 1000 && unit + 1 < units.size(); ++unit) number /= 1000;
  return unit == 0 ? fmt::format("{:.0f} ", number) : fmt::format("{:.3g} {}", number, units[unit]);
}

void print_lines(const Lines& lines) {
  for (const auto& line : lines) std::cout << line.dump() << "\n";
}

nlohmann::ordered_json budget_json(const Budget& budget, const Machine& machine) {
  return {{"kind", "budget"},
          {"arm", budget.arm},
          {"cells", budget.cells},
          {"choice_runs", budget.choice_runs},
          {"report_runs", budget.report_runs},
          {"least_parameters", budget.least_parameters},
          {"most_parameters", budget.most_parameters},
          {"flops", budget.flops},
          {"minutes", seconds_of(budget.flops, machine) / 60},
          {"disk_bytes", budget.disk_bytes},
          {"memory_bytes", budget.memory_bytes}};
}

void add_budget(evidence::Table& table, const Budget& budget, const Machine& machine) {
  const std::string parameters = budget.least_parameters == budget.most_parameters
                                     ? fmt::format("{}", budget.most_parameters)
                                     : fmt::format("{}–{}", budget.least_parameters, budget.most_parameters);
  table.add({budget.arm, fmt::format("{}", budget.cells), fmt::format("{}", budget.runs()), parameters,
             in_units(budget.flops), duration(seconds_of(budget.flops, machine)),
             in_units(budget.disk_bytes) + "B", in_units(budget.memory_bytes) + "B"});
}

std::string kind_of(const Contrast& contrast) { return contrast.is_primary ? "primary" : "secondary"; }

void print_contrasts(const Plan& plan, const Expansion& expansion) {
  evidence::Table table({{"contrast"}, {"kind"}, {"decided on"}, {"pairs", Align::right}});
  for (const Contrast& contrast : plan.contrasts) {
    const auto tasks = tested_tasks(plan, expansion, contrast);
    const std::size_t points = combinations(expansion.profile.grid).size();
    table.add({contrast.name, kind_of(contrast),
               tasks.empty() ? "not tested" : fmt::format("{}", fmt::join(tasks, ", ")),
               fmt::format("{}", tasks.size() * points * expansion.profile.seeds.size())});
  }
  std::cout << "\n";
  table.print(std::cout, evidence::stdout_takes_colour());
}

Lines contrast_lines(const Plan& plan, const Expansion& expansion) {
  Lines lines;
  for (const Contrast& contrast : plan.contrasts) {
    lines.push_back({{"kind", "contrast"},
                     {"name", contrast.name},
                     {"primary", contrast.is_primary},
                     {"tasks", tested_tasks(plan, expansion, contrast)},
                     {"seeds", expansion.profile.seeds}});
  }
  return lines;
}

std::string left_line(const std::vector<CellStatus>& cells, const Machine& machine) {
  CellStatus all;
  for (const CellStatus& cell : cells) {
    all.done += cell.done;
    all.diverged += cell.diverged;
    all.running += cell.running;
    all.stale += cell.stale;
    all.waiting += cell.waiting;
    all.flops_left += cell.flops_left;
  }
  const std::string eta = all.flops_left > 0 ? fmt::format("about {} left on {} processes ({})",
                                                           duration(seconds_of(all.flops_left, machine)),
                                                           machine.jobs, machine.speed.origin)
                                             : "complete";
  return fmt::format("{} done ({} diverged), {} running, {} stale, {} waiting; {}", all.done, all.diverged,
                     all.running, all.stale, all.waiting, eta);
}

nlohmann::ordered_json status_json(const Expansion& expansion, const CellStatus& cell) {
  const Cell& what = expansion.cells[cell.cell];
  return {{"kind", "status"},         {"arm", expansion.arms[what.arm]},
          {"task", what.config.task}, {"model", to_json(what.config.model)},
          {"done", cell.done},        {"diverged", cell.diverged},
          {"running", cell.running},  {"stale", cell.stale},
          {"waiting", cell.waiting}};
}

}  // namespace

void print_budget(const Plan& plan, const Expansion& expansion, const Machine& machine, bool json) {
  const std::vector<Budget> arms = budgets(expansion, trainer().cost);
  const Budget all = total(arms);
  if (json) {
    for (const Budget& budget : arms) std::cout << budget_json(budget, machine).dump() << "\n";
    std::cout << budget_json(all, machine).dump() << "\n";
    return print_lines(contrast_lines(plan, expansion));
  }
  evidence::Table table({{"arm"},
                         {"cells", Align::right},
                         {"runs", Align::right},
                         {"parameters", Align::right},
                         {"FLOP", Align::right},
                         {"time", Align::right},
                         {"disk", Align::right},
                         {"memory a job", Align::right}});
  for (const Budget& budget : arms) add_budget(table, budget, machine);
  add_budget(table, all, machine);
  std::cout << fmt::format("{}, profile {}: {} runs choose a learning rate, {} are reported\n\n",
                           plan.question, expansion.profile.name, all.choice_runs, all.report_runs);
  table.print(std::cout, evidence::stdout_takes_colour());
  std::cout << fmt::format("\ntime: {} processes at {}FLOP/s each ({})\n", machine.jobs,
                           in_units(machine.speed.flops), machine.speed.origin);
  print_contrasts(plan, expansion);
}

void print_status(const Expansion& expansion, const std::vector<CellStatus>& cells, const Machine& machine,
                  bool json) {
  if (json) {
    for (const CellStatus& cell : cells) std::cout << status_json(expansion, cell).dump() << "\n";
    return;
  }
  evidence::Table table({{"arm"},
                         {"cell"},
                         {"done", Align::right},
                         {"diverged", Align::right},
                         {"running", Align::right},
                         {"stale", Align::right},
                         {"waiting", Align::right}});
  for (const CellStatus& cell : cells) {
    const Cell& what = expansion.cells[cell.cell];
    table.add({expansion.arms[what.arm], described(what.config), fmt::format("{}", cell.done),
               fmt::format("{}", cell.diverged), fmt::format("{}", cell.running),
               fmt::format("{}", cell.stale), fmt::format("{}", cell.waiting)});
  }
  table.print(std::cout, evidence::stdout_takes_colour());
  std::cout << "\n" << left_line(cells, machine) << "\n";
}

}  // namespace sca::cli
