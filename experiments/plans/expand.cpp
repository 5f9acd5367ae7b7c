#include "experiments/plans/expand.hpp"

#include <algorithm>
#include <set>

#include "evidence/input/error.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::in_quotes;
using evidence::InputError;

bool meets(const Fields& fields, const Fields& condition) {
  return std::ranges::all_of(condition.items(), [&](const auto& entry) {
    return fields.contains(entry.key()) && fields[entry.key()] == entry.value();
  });
}

/// The zip's rows; without a zip one that says nothing.
std::vector<Fields> rows_of(const Fields& zip) {
  if (zip.empty()) return {Fields::object()};
  std::vector<Fields> rows(zip.front().size(), Fields::object());
  for (const auto& [name, values] : zip.items()) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][name] = values[i];
  }
  return rows;
}

Fields narrowed_grid(const Fields& grid, const Fields& only) {
  Fields result = grid;
  for (const auto& [name, allowed] : only.items()) {
    if (!result.contains(name)) continue;
    Fields kept = Fields::array();
    for (const Fields& value : grid[name]) {
      if (std::ranges::find(allowed, value) != allowed.end()) kept.push_back(value);
    }
    result[name] = kept;
  }
  return result;
}

/// What an arm varies in a profile: flat objects over the base.
std::vector<Fields> variants(const Arm& arm, const Profile& profile) {
  std::vector<Fields> result;
  for (const Fields& outer : combinations(profile.grid)) {
    for (const Fields& row : rows_of(arm.zip)) {
      for (const Fields& point : combinations(narrowed_grid(arm.grid, profile.only))) {
        Fields fields = outer;
        for (const Fields& more : {arm.set, row, point}) fields.update(more);
        if (std::ranges::none_of(arm.skip, [&](const Fields& skip) { return meets(fields, skip); }))
          result.push_back(std::move(fields));
      }
    }
  }
  return result;
}

void require_arms(const Plan& plan, const Profile& profile) {
  for (const std::string& name : profile.arms) {
    if (std::ranges::none_of(plan.arms, [&](const Arm& arm) { return arm.name == name; }))
      throw InputError(plan.file, "[profile." + profile.name + "] arms", "names of arms", in_quotes(name));
  }
}

bool is_run(const Profile& profile, const Arm& arm) {
  return profile.arms.empty() || std::ranges::find(profile.arms, arm.name) != profile.arms.end();
}

}  // namespace

std::vector<Fields> combinations(const Fields& grid) {
  std::vector<Fields> result{Fields::object()};
  for (const auto& [name, values] : grid.items()) {
    std::vector<Fields> next;
    for (const Fields& before : result) {
      for (const Fields& value : values) {
        next.push_back(before);
        next.back()[name] = value;
      }
    }
    result = std::move(next);
  }
  return result;
}

RunConfig configured(const Plan& plan, const Profile& profile, const std::string& task,
                     const std::vector<Fields>& over, const std::string& where) {
  // Those of choice_run() and report_run() take the place of the first four.
  Fields fields{{"rate", 1e-3},      {"seed", 1},    {"steps", 1},
                {"split", "report"}, {"task", task}, {"tokens", 2048}};
  const auto take = [&](const Fields& more) {
    for (const char* key : {"task", "rate", "seed", "steps", "split"}) {
      if (more.contains(key)) throw InputError(where, key, "fields of the model alone", in_quotes(key));
    }
    fields.update(more);
  };
  take(plan.base);
  take(profile.base);
  for (const Fields& more : over) take(more);
  return run_config(fields, where);
}

Expansion expand(const Plan& plan, std::string_view profile_name) {
  const Profile& profile = profile_of(plan, profile_name);
  require_arms(plan, profile);
  Expansion result{.profile = profile,
                   .rates = profile.rates.empty() ? plan.rates : profile.rates,
                   .arms = {},
                   .cells = {}};
  std::set<std::string> seen;
  for (std::size_t a = 0; a < plan.arms.size(); ++a) {
    const Arm& arm = plan.arms[a];
    result.arms.push_back(arm.name);
    if (!is_run(profile, arm)) continue;
    const std::string where = plan.file + ": [[arm]] " + in_quotes(arm.name);
    for (const Fields& fields : variants(arm, profile)) {
      for (const std::string& task : arm.tasks.empty() ? profile.tasks : arm.tasks) {
        const RunConfig config = configured(plan, profile, task, {fields}, where);
        if (seen.insert(cell_key(config)).second) result.cells.push_back({a, config});
      }
    }
  }
  if (result.cells.empty())
    throw InputError(plan.file, "[profile." + profile.name + "]", "something to run", "nothing");
  return result;
}

RunConfig choice_run(const Expansion& expansion, const Cell& cell, double rate) {
  RunConfig config = cell.config;
  config.rate = rate;
  config.seed = expansion.profile.selection_seed;
  config.steps = expansion.profile.pilot_steps;
  config.split = Split::selection;
  return config;
}

RunConfig report_run(const Expansion& expansion, const Cell& cell, double rate, std::uint64_t seed) {
  RunConfig config = cell.config;
  config.rate = rate;
  config.seed = seed;
  config.steps = expansion.profile.steps;
  config.split = Split::report;
  return config;
}

std::string cell_key(const RunConfig& config) {
  Fields fields = to_json(config);
  for (const char* key : {"rate", "seed", "steps", "split"}) fields.erase(key);
  return fields.dump();
}

}  // namespace sca::experiments::ablation
