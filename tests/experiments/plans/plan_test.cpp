#include "experiments/plans/plan.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "evidence/input/error.hpp"
#include "experiments/plans/questions.hpp"
#include "experiments/runner/budget.hpp"
#include "experiments/train/cost.hpp"

namespace sca::experiments::ablation {
namespace {

constexpr const char* profile_text = R"(
[profile.tiny]
steps = 12
pilot_steps = 6
seeds = [1, 2]
selection_seed = 9
tasks = ["mqar", "cmqar"]
)";

/// A plan with one profile and these arms.
std::string plan_text(const std::string& arms, const std::string& profile = "") {
  return fmt::format(
      "name = \"small\"\nquestion = \"none\"\nrates = [1e-3, 1e-2]\n[base]\nblocks = 4\n{}{}\n{}",
      profile_text, profile, arms);
}

Expansion expanded(const std::string& arms, const std::string& profile = "") {
  return expand(parse_plan(plan_text(arms, profile), "small.toml"), "tiny");
}

/// The models of one task, as "ratio/M".
std::vector<std::string> models(const Expansion& expansion) {
  std::vector<std::string> result;
  for (const Cell& cell : expansion.cells) {
    if (cell.config.task == "mqar")
      result.push_back(fmt::format("{}/{}", cell.config.model.ratio, cell.config.model.M));
  }
  return result;
}

using Names = std::vector<std::string>;

TEST(Plan, CrossesAGridAndZipsRows) {
  EXPECT_EQ(models(expanded("[[arm]]\nname = 'a'\ngrid = {ratio = [1, 3], M = [1, 2]}")),
            (Names{"1/1", "1/2", "3/1", "3/2"}));
  EXPECT_EQ(models(expanded("[[arm]]\nname = 'a'\nzip = {ratio = [1, 3], M = [1, 2]}")),
            (Names{"1/1", "3/2"}));
  EXPECT_EQ(models(expanded("[[arm]]\nname = 'a'\nset = {ratio = inf}\ngrid = {M = [4, 1]}")),
            (Names{"4/4", "4/1"}));
}

TEST(Plan, LeavesOutWhatIsSkippedAndWhatAProfileDoesNotWant) {
  const std::string arm = "[[arm]]\nname = 'a'\ngrid = {ratio = [1, 2, 3], M = [1, 2]}\n";
  EXPECT_EQ(models(expanded(arm + "skip = [{ratio = 1}, {ratio = 3, M = 2}]")), (Names{"2/1", "2/2", "3/1"}));
  EXPECT_EQ(models(expanded(arm, "only = {ratio = [3, 1], K = [7]}")), (Names{"1/1", "1/2", "3/1", "3/2"}));
  EXPECT_EQ(models(expanded(arm + "[[arm]]\nname = 'b'\nset = {ratio = 2}", "arms = ['b']")), (Names{"2/2"}));
}

TEST(Plan, CrossesEveryArmWithTheProfilesGrid) {
  const Expansion expansion = expanded("[[arm]]\nname = 'a'\ngrid = {M = [1, 2]}", "grid = {D = [32, 64]}");
  std::vector<std::int64_t> widths;
  for (const Cell& cell : expansion.cells) {
    if (cell.config.task == "mqar") widths.push_back(cell.config.model.D);
  }
  EXPECT_EQ(widths, (std::vector<std::int64_t>{32, 32, 64, 64}));
}

TEST(Plan, RunsOnceWhatTwoArmsAskFor) {
  // Attention alone has no M; H = 8 is what D = 32, K = 4, M = 2 has anyway.
  const std::string arms =
      "[[arm]]\nname = 'a'\ngrid = {ratio = [0], M = [1, 2]}\n[[arm]]\nname = 'b'\nset = {ratio = 2}\n"
      "[[arm]]\nname = 'c'\nset = {ratio = 2, H = 8, M = 2}\n";
  const Expansion expansion = expanded(arms);
  ASSERT_EQ(expansion.cells.size(), 4U);
  EXPECT_EQ(expansion.arms[expansion.cells[2].arm], "b");
}

TEST(Plan, TellsAChoiceFromAReport) {
  const Expansion expansion = expanded("[[arm]]\nname = 'a'\n");
  const RunConfig choice = choice_run(expansion, expansion.cells[0], 1e-2);
  const RunConfig report = report_run(expansion, expansion.cells[0], 1e-2, 2);
  EXPECT_EQ(choice.split, Split::selection);
  EXPECT_EQ(choice.seed, 9U);
  EXPECT_EQ(choice.steps, 6);
  EXPECT_EQ(report.split, Split::report);
  EXPECT_EQ(report.seed, 2U);
  EXPECT_EQ(report.steps, 12);
  EXPECT_EQ(cell_key(choice), cell_key(report));
  EXPECT_NE(cell_key(choice), cell_key(choice_run(expansion, expansion.cells[1], 1e-2)));
}

// ---- what is refused ------------------------------------------------------------------------------------

void refused(const std::string& text, const std::vector<std::string>& words) {
  try {
    parse_plan(text, "small.toml");
    ADD_FAILURE() << "not refused: " << text;
  } catch (const evidence::InputError& error) {
    const std::string what = error.what();
    EXPECT_EQ(what.find('\n'), std::string::npos);
    EXPECT_NE(what.find("small.toml"), std::string::npos) << what;
    for (const std::string& word : words)
      EXPECT_NE(what.find(word), std::string::npos) << what << "\nhas no " << word;
  }
}

TEST(Plan, RefusesWhatItDoesNotKnow) {
  const std::string arm = "[[arm]]\nname = 'a'\n";
  refused("name = ", {"line 1", "TOML"});
  refused(plan_text(arm) + "color = 1\n", {"[[arm]] 'a'", "color", "unknown key"});
  refused(plan_text(arm + "set = {colour = 1}"), {"[[arm]] 'a'", "colour"});
  refused(plan_text(arm + "set = {M = 'two'}"), {"[[arm]] 'a'", "M", "two"});
  refused(plan_text(arm + "set = {seed = 3}"), {"[[arm]] 'a'", "seed"});
  refused(plan_text(arm, "stpes = 3"), {"[profile.tiny]", "stpes", "unknown key"});
  refused(plan_text(arm, "arms = ['b']"), {"[profile.tiny]", "arms", "'b'"});
  refused(plan_text(arm, "probes = {arm = ['a']}"), {"[profile.tiny]", "probes.arm"});
}

TEST(Plan, RefusesWrongTypes) {
  refused(plan_text("[[arm]]\nname = 3\n"), {"[[arm]]", "name", "text"});
  refused(plan_text("[[arm]]\nname = 'a'\ngrid = {M = 2}"), {"grid.M", "a list"});
  refused(plan_text("[[arm]]\nname = 'a'\nset = {M = [2]}"), {"set.M", "a single value"});
  refused(plan_text("[[arm]]\nname = 'a'\nzip = {M = [1, 2], ratio = [1]}"), {"zip.ratio", "one length"});
  refused(plan_text("[[arm]]\nname = 'a'\nskip = {M = 2}"), {"skip", "a list"});
  refused("name = 'x'\nquestion = 'y'\nrates = [1e-2, 1e-3]\n", {"rates", "ascending"});
  refused("name = 'x'\nquestion = 'y'\nrates = [2000-01-01]\n", {"line 3", "date"});
}

TEST(Plan, RefusesWhatComesTwiceAndWhatIsMissing) {
  const std::string arm = "[[arm]]\nname = 'a'\n";
  refused(plan_text(arm + arm), {"[[arm]]", "'a' twice"});
  refused(plan_text(""), {"[[arm]]", "at least one"});
  refused("name = 'x'\nquestion = 'y'\nrates = [1e-3]\n" + arm, {"[profile.NAME]", "at least one"});
  refused("question = 'y'\n", {"name", "none"});
  refused(plan_text(arm + "grid = {M = [1]}", "only = {M = [2]}"), {"[profile.tiny]", "nothing"});
}

TEST(Plan, RefusesAContrastThatSelectsNoRun) {
  const std::string arm = "[[arm]]\nname = 'a'\ngrid = {M = [1, 2]}\n";
  const std::string contrast = "[[contrast]]\nname = 'c'\na = {M = 1}\n";
  EXPECT_NO_THROW(parse_plan(plan_text(arm + contrast + "b = {M = 2}"), "small.toml"));
  refused(plan_text(arm + contrast + "b = {M = 4}"), {"[[contrast]] 'c'", "none"});
  refused(plan_text(arm + "[[contrast]]\nname = 'c'\n"), {"[[contrast]] 'c'", "sides differ"});
  refused(plan_text(arm + contrast + "b = {M = 2}\n" + contrast + "b = {M = 2}"), {"'c' twice"});
}

TEST(Plan, NamesTheProfilesThereAre) {
  const Plan plan = parse_plan(plan_text("[[arm]]\nname = 'a'\n"), "small.toml");
  EXPECT_THROW(expand(plan, "huge"), evidence::InputError);
}

// ---- the plan of the question ---------------------------------------------------------------------------

Plan ratio_and_m() { return read_plan(SCA_SOURCE_DIR "/experiments/plans/ratio_and_m.toml"); }

/// How many architectures a task is trained with.
std::size_t architectures(const Expansion& expansion, const std::string& task) {
  std::set<std::string> keys;
  for (const Cell& cell : expansion.cells) {
    if (cell.config.task == task) keys.insert(cell_key(cell.config));
  }
  return keys.size();
}

TEST(RatioAndM, TheWideProfileHasTheProtocolsArchitectures) {
  const Expansion wide = expand(ratio_and_m(), "wide");
  EXPECT_EQ(wide.profile.steps, 600);
  EXPECT_EQ(wide.profile.pilot_steps, 150);
  EXPECT_EQ(wide.profile.seeds.size(), 3U);
  EXPECT_EQ(wide.rates, (std::vector<double>{1e-3, 3e-3, 1e-2}));
  // The 13 of the protocol, and no other where no secondary question is asked.
  std::set<std::string> expected{"0/0"};
  for (const int ratio : {1, 2, 3, 12}) {
    for (const int M : {1, 2, 4}) expected.insert(fmt::format("{}/{}", ratio, M));
  }
  std::map<std::string, std::set<std::string>> found;
  for (const Cell& cell : wide.cells) {
    const ModelSpec& model = cell.config.model;
    found[cell.config.task].insert(model.ratio == 0 ? "0/0" : fmt::format("{}/{}", model.ratio, model.M));
    EXPECT_EQ(model.D, 32);
    EXPECT_EQ(model.blocks, 12);
    EXPECT_EQ(cell.config.tokens, 2048);
  }
  for (const char* task : {"cmqar", "group", "bytes"}) {
    EXPECT_EQ(found[task], expected) << task;
    EXPECT_EQ(architectures(wide, task), 13U) << task;
  }
  EXPECT_GT(architectures(wide, "mqar"), 13U);
}

TEST(RatioAndM, TheSmokeProfileIsThatPartOfTheWideOneThatTakesNinetyMinutes) {
  const Plan plan = ratio_and_m();
  const Expansion smoke = expand(plan, "smoke"), wide = expand(plan, "wide");
  std::set<std::string> of_wide;
  for (const Cell& cell : wide.cells) of_wide.insert(cell_key(cell.config));
  for (const Cell& cell : smoke.cells) EXPECT_TRUE(of_wide.contains(cell_key(cell.config)));
  EXPECT_EQ(smoke.profile.steps, wide.profile.steps);
  EXPECT_EQ(smoke.profile.pilot_steps, wide.profile.pilot_steps);
  EXPECT_EQ(smoke.profile.seeds, wide.profile.seeds);
  const double two_cores = 2 * speed(nullptr, "").flops;
  EXPECT_LE(total(budgets(smoke, cost_of)).flops / two_cores, 90 * 60);
}

TEST(RatioAndM, TheFullProfileHasTwentyFiveConfigurationsATaskAndWidth) {
  const Expansion full = expand(ratio_and_m(), "full");
  EXPECT_EQ(full.profile.seeds.size(), 10U);
  EXPECT_EQ(full.profile.tasks.size(), 10U);
  EXPECT_EQ(architectures(full, "cmqar"), 25U * 3);
}

TEST(RatioAndM, ThePrimaryCellsComeFirst) {
  const Plan plan = ratio_and_m();
  for (const char* profile : {"tiny", "smoke", "wide", "full"}) {
    const Expansion expansion = expand(plan, profile);
    std::set<std::string> needed;
    const Questions questions = questions_of(plan, expansion);
    for (const Contrast& contrast : questions.contrasts) {
      if (!contrast.is_primary) continue;
      for (const std::string& task : contrast.tasks) {
        for (const Fields& side : {contrast.a, contrast.b})
          needed.insert(cell_key(configured(plan, expansion.profile, task, {contrast.at, side}, "here")));
      }
    }
    for (std::size_t i = 0; i < needed.size(); ++i)
      EXPECT_TRUE(needed.contains(cell_key(expansion.cells[i].config))) << profile << " " << i;
  }
}

TEST(RatioAndM, SaysWhatAProfileTests) {
  const Plan plan = ratio_and_m();
  const Expansion tiny = expand(plan, "tiny"), wide = expand(plan, "wide");
  std::vector<std::string> untested;
  for (const Contrast& contrast : plan.contrasts) {
    const Names in_tiny = tested_tasks(plan, tiny, contrast);
    if (contrast.is_primary) {
      EXPECT_EQ(in_tiny, tiny.profile.tasks) << contrast.name;
    }
    if (tested_tasks(plan, wide, contrast).empty()) untested.push_back(contrast.name);
  }
  EXPECT_EQ(untested, (Names{"M = 8 against 2, SCA alone"}));
  EXPECT_EQ(std::ranges::count_if(plan.contrasts, &Contrast::is_primary), 4);
}

}  // namespace
}  // namespace sca::experiments::ablation
