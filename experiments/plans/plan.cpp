#include "experiments/plans/plan.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "evidence/input/error.hpp"
#include "experiments/plans/questions.hpp"
#include "experiments/plans/toml_table.hpp"

namespace sca::experiments::ablation {
namespace {

using evidence::in_quotes;
using evidence::InputError;

Arm read_arm(PlanTable& table) {
  Arm arm{.name = table.text("name"),
          .tasks = table.texts("tasks"),
          .set = table.fields("set"),
          .grid = table.lists("grid"),
          .zip = table.lists("zip"),
          .skip = table.rows("skip")};
  for (const auto& [name, values] : arm.zip.items()) {
    if (values.size() != arm.zip.front().size())
      table.refuse("zip." + name, "lists of one length", std::to_string(values.size()) + " values");
  }
  table.done();
  return arm;
}

Contrast read_contrast(PlanTable& table) {
  Contrast contrast{.name = table.text("name"),
                    .is_primary = table.flag("primary", false),
                    .a = table.fields("a"),
                    .b = table.fields("b"),
                    .at = table.fields("at"),
                    .tasks = table.texts("tasks")};
  if (contrast.a.empty() && contrast.b.empty()) table.refuse("a", "fields in which the sides differ", "none");
  table.done();
  return contrast;
}

Prediction read_prediction(PlanTable& table) {
  Prediction prediction{.id = table.text("id"), .statement = table.text("statement")};
  table.done();
  return prediction;
}

Profile read_profile(const std::string& name, PlanTable& table) {
  Profile profile{.name = name,
                  .steps = table.count("steps", 1),
                  .pilot_steps = table.count("pilot_steps", 1),
                  .rates = table.rates("rates"),
                  .seeds = table.seeds("seeds"),
                  .selection_seed = static_cast<std::uint64_t>(table.count("selection_seed", 0)),
                  .tasks = table.texts("tasks"),
                  .arms = table.texts("arms"),
                  .base = table.fields("base"),
                  .grid = table.lists("grid"),
                  .only = table.lists("only"),
                  .probes = table.lists("probes")};
  for (const auto& [key, list] : profile.probes.items()) {
    if (key != "arms" && key != "tasks") table.refuse("probes." + key, "arms and tasks", "another key");
  }
  if (profile.seeds.empty()) table.refuse("seeds", "a list of whole numbers", "none");
  if (profile.tasks.empty()) table.refuse("tasks", "a list of texts", "none");
  if (std::ranges::find(profile.seeds, profile.selection_seed) != profile.seeds.end())
    table.refuse("selection_seed", "none of the seeds that are reported",
                 std::to_string(profile.selection_seed));
  table.done();
  return profile;
}

template <typename Entry, typename Name>
void require_distinct(const PlanTable& root, const char* key, const std::vector<Entry>& entries,
                      const Name& name) {
  for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
    const bool is_again =
        std::any_of(entries.begin(), entry, [&](const Entry& e) { return name(e) == name(*entry); });
    if (is_again) root.refuse(key, "each name once", in_quotes(name(*entry)) + " twice");
  }
}

void require_meaning(const Plan& plan, const PlanTable& root) {
  require_distinct(root, "[[arm]]", plan.arms, [](const Arm& arm) { return arm.name; });
  require_distinct(root, "[[contrast]]", plan.contrasts,
                   [](const Contrast& contrast) { return contrast.name; });
  require_distinct(root, "[[prediction]]", plan.predictions,
                   [](const Prediction& prediction) { return prediction.id; });
  std::vector<Expansion> expansions;
  for (const Profile& profile : plan.profiles) expansions.push_back(expand(plan, profile.name));
  for (const Contrast& contrast : plan.contrasts) {
    const bool is_tested = std::ranges::any_of(expansions, [&](const Expansion& expansion) {
      return !tested_tasks(plan, expansion, contrast).empty();
    });
    if (!is_tested)
      root.refuse("[[contrast]] " + in_quotes(contrast.name), "sides that some profile runs", "none");
  }
}

}  // namespace

Plan parse_plan(const std::string& text, const std::string& file) {
  PlanTable root(json_of_toml(text, file), file, "");
  Plan plan;
  plan.text = text;
  plan.file = file;
  plan.name = root.text("name");
  plan.question = root.text("question");
  plan.rates = root.rates("rates");
  plan.base = root.fields("base");
  if (plan.rates.empty()) root.refuse("rates", "a list of positive numbers", "none");
  for (PlanTable& table : root.tables("arm")) plan.arms.push_back(read_arm(table));
  for (PlanTable& table : root.tables("contrast")) plan.contrasts.push_back(read_contrast(table));
  for (PlanTable& table : root.tables("prediction")) plan.predictions.push_back(read_prediction(table));
  for (auto& [name, table] : root.named("profile")) plan.profiles.push_back(read_profile(name, table));
  root.done();
  if (plan.arms.empty()) root.refuse("[[arm]]", "at least one", "none");
  if (plan.profiles.empty()) root.refuse("[profile.NAME]", "at least one", "none");
  require_meaning(plan, root);
  return plan;
}

Plan read_plan(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path))
    throw InputError(path.string(), "plan", "a readable file", "none");
  std::ostringstream text;
  text << in.rdbuf();
  return parse_plan(text.str(), path.string());
}

const Profile& profile_of(const Plan& plan, std::string_view name) {
  std::string names;
  for (const Profile& profile : plan.profiles) {
    if (profile.name == name) return profile;
    names += (names.empty() ? "" : ", ") + profile.name;
  }
  throw InputError(plan.file, "profile", "one of " + names, in_quotes(name));
}

}  // namespace sca::experiments::ablation
