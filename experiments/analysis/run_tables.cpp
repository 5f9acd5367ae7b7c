#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "experiments/analysis/architecture.hpp"
#include "experiments/analysis/groups.hpp"
#include "experiments/analysis/tables.hpp"
#include "experiments/analysis/wilson.hpp"
#include "experiments/analysis/words.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::Table;
constexpr auto right = Table::Align::right;

std::string run_value(const RunRecord& run) {
  return run.value ? value_text(run.metric, *run.value) : fmt::format("diverged at {}", run.diverged_at);
}

/// What the report runs of a group have; several where seeds differ.
std::string chosen_rates(const RunGroup& group) {
  std::vector<std::string> rates;
  for (const RunRecord* run : group.report) {
    const std::string rate = fmt::format("{:g}", run->rate);
    if (std::ranges::find(rates, rate) == rates.end()) rates.push_back(rate);
  }
  std::string text;
  for (const std::string& rate : rates) text += (text.empty() ? "" : ", ") + rate;
  return text.empty() ? "none yet" : text;
}

std::string solved_share(const RunGroup& group) {
  if (group.first->metric != Metric::accuracy) return "";
  const auto solved = std::ranges::count_if(
      group.report, [](const RunRecord* run) { return is_solved(run->score(), run->chance); });
  const Interval share = wilson(static_cast<std::size_t>(solved), group.report.size());
  return fmt::format("{}/{} [{:.2f}, {:.2f}]", solved, group.report.size(), share.low, share.high);
}

std::string half_steps(const RunGroup& group) {
  if (group.first->metric != Metric::accuracy) return "";
  std::string text;
  for (const RunRecord* run : group.report) {
    const auto steps = steps_to_half(run->curve, run->chance);
    text += (text.empty() ? "" : ", ") + (steps ? fmt::format("{:.0f}", *steps) : "never");
  }
  return text;
}

/// One run of every architecture: what they cost is of the architecture and the task's vocabulary and length.
std::vector<const RunRecord*> architectures_of_first_task(const std::vector<RunGroup>& groups) {
  std::map<std::string, const RunRecord*> seen;
  for (const RunGroup& group : groups) {
    if (!group.report.empty()) seen.emplace(group.first->model, group.report.front());
  }
  std::vector<const RunRecord*> all;
  for (const auto& [model, run] : seen) all.push_back(run);
  std::ranges::sort(all, [](const RunRecord* a, const RunRecord* b) {
    return a->task != b->task ? a->task < b->task : is_before(*a, *b);
  });
  return all;
}

}  // namespace

Table results_table(const Analysis& analysis) {
  Table table({{"task"},
               {"architecture"},
               {"n", right},
               {"mean", right},
               {"least", right},
               {"largest", right},
               {"solved"},
               {"steps to half, a seed each"}});
  for (const RunGroup& group : run_groups(analysis)) {
    if (group.report.empty()) continue;
    const auto [least, most] = std::ranges::minmax(group.scores());
    const Metric metric = group.first->metric;
    table.add({group.first->task, architecture_name(group.first->spec, analysis.questions.base),
               std::to_string(group.report.size()), value_text(metric, group.mean()),
               value_text(metric, least), value_text(metric, most), solved_share(group), half_steps(group)});
  }
  return table;
}

Table audit_table(const Analysis& analysis) {
  Table table({{"task"},
               {"architecture"},
               {"H", right},
               {"parameters", right},
               {"residual", right},
               {"state, bytes", right},
               {"FLOPs a decoded token", right},
               {"train FLOPs", right}});
  const std::vector<RunGroup> groups = run_groups(analysis);
  for (const RunRecord* run : architectures_of_first_task(groups)) {
    // Against the plan's base of the same size, on the same task.
    const ModelSpec usual =
        architecture(analysis.questions.base, {{"D", run->spec.D}, {"blocks", run->spec.blocks}});
    const RunGroup* base = find_group(groups, run->task, architecture_key(usual));
    const double other = base == nullptr ? 0 : base->first->parameters;
    table.add({run->task, architecture_name(run->spec, analysis.questions.base),
               run->spec.ratio == 0 ? "" : std::to_string(run->spec.H),
               fmt::format("{:.0f}", run->parameters),
               base == nullptr ? "" : fmt::format("{:+.2f} %", 100 * (run->parameters - other) / other + 0.0),
               fmt::format("{:.0f}", run->state_bytes), fmt::format("{:.4g}", run->decode_flops),
               fmt::format("{:.4g}", run->train_flops)});
  }
  return table;
}

Table rates_table(const Analysis& analysis) {
  Table table({{"task"},
               {"architecture"},
               {"on the selection split, rate: value"},
               {"chosen", right},
               {"spread", right}});
  for (const RunGroup& group : run_groups(analysis)) {
    if (group.selection.empty()) continue;
    std::string values;
    std::vector<double> scores;
    for (const RunRecord* run : group.selection) {
      values += fmt::format("{}{:g}: {}", values.empty() ? "" : "; ", run->rate, run_value(*run));
      scores.push_back(run->score());
    }
    const auto [least, most] = std::ranges::minmax(scores);
    table.add({group.first->task, architecture_name(group.first->spec, analysis.questions.base), values,
               chosen_rates(group), value_text(group.first->metric, most - least)});
  }
  return table;
}

Table diverged_table(const Analysis& analysis) {
  Table table(
      {{"task"}, {"architecture"}, {"split"}, {"rate", right}, {"seed", right}, {"at step", right}, {"id"}});
  for (const RunRecord& run : analysis.runs) {
    if (!run.value)
      table.add({run.task, architecture_name(run.spec, analysis.questions.base),
                 run.split == Split::report ? "report" : "selection", fmt::format("{:g}", run.rate),
                 std::to_string(run.seed), std::to_string(run.diverged_at), run.id});
  }
  return table;
}

Table runs_table(const Analysis& analysis) {
  Table table({{"task"},
               {"architecture"},
               {"split"},
               {"rate", right},
               {"seed", right},
               {"steps", right},
               {"value", right},
               {"steps to half", right},
               {"id"}});
  for (const RunGroup& group : run_groups(analysis)) {
    for (const auto* list : {&group.selection, &group.report}) {
      for (const RunRecord* run : *list) {
        const bool has_half = run->metric == Metric::accuracy;
        const auto half = steps_to_half(run->curve, run->chance);
        table.add({run->task, architecture_name(run->spec, analysis.questions.base),
                   run->split == Split::report ? "report" : "selection", fmt::format("{:g}", run->rate),
                   std::to_string(run->seed), std::to_string(run->steps), run_value(*run),
                   !has_half ? ""
                   : half    ? fmt::format("{:.0f}", *half)
                             : "never",
                   run->id});
      }
    }
  }
  return table;
}

}  // namespace sca::experiments::ablation
