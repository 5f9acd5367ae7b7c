#include "experiments/runner/run_plan.hpp"

#include <signal.h>

#include "evidence/input/error.hpp"
#include "tests/experiments/runner/stub_trainer.hpp"

namespace sca::experiments::ablation {
namespace {

using test::exit_code;
using test::Json;
using test::recorded_lines;
using test::StubTrainer;

class RunPlan : public test::InFolder {
 protected:
  std::filesystem::path at(const char* name) const { return folder / name; }
};

constexpr std::chrono::milliseconds step{1};

TEST_F(RunPlan, GivesTheSameRecordsWhateverTheJobs) {
  const Plan plan = test::stub_plan(4, 12);
  ASSERT_EQ(exit_code(start(plan, StubTrainer{}.trainer(), {.into = at("one"), .jobs = 1})), 0);
  ASSERT_EQ(exit_code(start(plan, StubTrainer{}.trainer(), {.into = at("two"), .jobs = 2})), 0);
  EXPECT_EQ(recorded_lines(at("one")).size(), 4U * 5);
  EXPECT_EQ(recorded_lines(at("one")), recorded_lines(at("two")));
}

/// Two shards, the second by two processes at once that know nothing of each other.
TEST_F(RunPlan, ShardsAndAHelperShareTheWorkOut) {
  const Plan plan = test::stub_plan(5, 12);
  ASSERT_EQ(exit_code(start(plan, StubTrainer{}.trainer(), {.into = at("alone")})), 0);
  const Trainer slow = StubTrainer{step}.trainer();
  const pid_t first = start(plan, slow, {.into = at("shared"), .jobs = 1, .shard = {1, 2}});
  const pid_t second = start(plan, slow, {.into = at("shared"), .jobs = 1, .shard = {2, 2}});
  const pid_t third = start(plan, slow, {.into = at("shared"), .jobs = 2, .shard = {2, 2}});
  for (const pid_t process : {first, second, third}) EXPECT_EQ(exit_code(process), 0);
  EXPECT_EQ(recorded_lines(at("shared")), recorded_lines(at("alone")));
}

/// Runs so short that one is often recorded between another worker's look at the records and its lease.
TEST_F(RunPlan, ManyWorkersComputeNothingTwice) {
  const Plan plan = test::stub_plan(40, 1);
  std::vector<pid_t> processes;
  for (int i = 0; i < 3; ++i)
    processes.push_back(start(plan, StubTrainer{}.trainer(), {.into = folder, .jobs = 4}));
  for (const pid_t process : processes) EXPECT_EQ(exit_code(process), 0);
  const auto lines = recorded_lines(folder);
  EXPECT_EQ(lines.size(), 40U * 5);
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), 40U * 5);
}

TEST_F(RunPlan, AShardIsWholeCells) {
  const Plan plan = test::stub_plan(5, 4);
  ASSERT_EQ(exit_code(start(plan, StubTrainer{}.trainer(), {.into = at("half"), .shard = {2, 2}})), 0);
  std::set<std::string> widths;
  for (const std::string& line : recorded_lines(at("half"))) widths.insert(Json::parse(line)["E"].dump());
  EXPECT_EQ(widths, (std::set<std::string>{"2", "4"}));
  EXPECT_EQ(recorded_lines(at("half")).size(), 2U * 5);
}

TEST_F(RunPlan, KeepsModelsOfReportedRunsAndNothingElse) {
  ASSERT_EQ(exit_code(start(test::stub_plan(2, 8), StubTrainer{}.trainer(), {.into = folder})), 0);
  std::size_t models = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "runs")) {
    if (entry.is_directory()) continue;
    EXPECT_EQ(entry.path().filename(), "model.safetensors");
    ++models;
  }
  EXPECT_EQ(models, 2U * 3);
}

/// A worker dies of one run each time, and no second one; the others are done, and the next time tries it
/// again.
TEST_F(RunPlan, LeavesARunThatKillsItsWorkerToTheNextTime) {
  const Plan plan = test::stub_plan(3, 12);
  Trainer deadly = StubTrainer{}.trainer();
  deadly.train = [train = deadly.train](const RunConfig& config, const std::filesystem::path& where,
                                        const StepListener& listener) {
    if (config.model.E == 2 && config.seed == 1) kill(getpid(), SIGSEGV);
    return train(config, where, listener);
  };
  for (int time = 0; time < 5; ++time) {
    const pid_t leader = test::in_a_group([&] {
      return static_cast<int>(
          run_plan(plan, expand(plan, "tiny"), deadly, {.into = folder, .jobs = 2}).failed);
    });
    EXPECT_EQ(exit_code(leader), 1);
    EXPECT_EQ(recorded_lines(folder).size(), 3U * 5 - 1);
  }
  EXPECT_EQ(exit_code(start(plan, StubTrainer{}.trainer(), {.into = folder, .jobs = 2})), 0);
  EXPECT_EQ(recorded_lines(folder).size(), 3U * 5);
}

TEST_F(RunPlan, StopsAfterAFewDeaths) {
  Trainer deadly = StubTrainer{}.trainer();
  deadly.train = [](const RunConfig&, const std::filesystem::path&, const StepListener&) -> Json {
    _exit(7);
  };
  EXPECT_EQ(exit_code(start(test::stub_plan(20, 4), deadly, {.into = folder, .jobs = 2})), 1);
  EXPECT_TRUE(recorded_lines(folder).empty());
}

TEST_F(RunPlan, ASignalEndsItSoonAndReleasesItsRuns) {
  const Plan plan = test::stub_plan(3, 100'000);
  const pid_t leader = test::in_a_group([&] {
    return run_plan(plan, expand(plan, "tiny"), StubTrainer{step}.trainer(), {.into = folder, .jobs = 2})
        .signal;
  });
  Leases leases(folder / "leases", usual_patience);
  const auto held = [&] {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "leases"))
      count +=
          entry.path().extension() == ".1" && leases.state_now(entry.path().stem()) == Leases::State::held
              ? 1
              : 0;
    return count;
  };
  for (int i = 0; i < 5000 && recorded_lines(folder).size() < 4; ++i) std::this_thread::sleep_for(step);
  kill(leader, SIGTERM);  // the parent alone, as a batch system does
  EXPECT_EQ(exit_code(leader), SIGTERM);
  EXPECT_EQ(held(), 0U);
}

TEST_F(RunPlan, ADivergedRunIsARecordLikeAnyOther) {
  const Plan plan = test::stub_plan(1, 12);
  Trainer diverging = StubTrainer{}.trainer();
  diverging.train = [train = diverging.train](const RunConfig& config, const std::filesystem::path& where,
                                              const StepListener& listener) {
    Json record = train(config, where, listener);
    if (config.rate > 5e-3 || config.seed == 2) {
      record["status"] = "diverged";
      record["value"] = nullptr;
    }
    return record;
  };
  ASSERT_EQ(exit_code(start(plan, diverging, {.into = folder})), 0);
  const auto before = recorded_lines(folder);
  ASSERT_EQ(exit_code(start(plan, diverging, {.into = folder})), 0);
  EXPECT_EQ(recorded_lines(folder), before);
  EXPECT_EQ(before.size(), 5U);
  for (const std::string& line : before) {
    const Json record = Json::parse(line);
    if (record["split"] == "report") {
      EXPECT_EQ(record["rate"], 1e-3) << "a rate that diverged was chosen";
    }
  }
}

TEST_F(RunPlan, RefusesAFolderOfOtherCodeDataOrProfile) {
  const Plan plan = test::stub_plan(1, 4);
  const Expansion expansion = expand(plan, "tiny");
  ASSERT_EQ(exit_code(start(plan, StubTrainer{}.trainer(), {.into = folder})), 0);
  const auto refused = [&](const Trainer& trainer, const Expansion& what, const std::string& word) {
    try {
      run_plan(plan, what, trainer, {.into = folder});
      ADD_FAILURE() << "not refused: " << word;
    } catch (const evidence::InputError& error) {
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
  };
  Trainer other_code = StubTrainer{}.trainer(), other_data = StubTrainer{}.trainer();
  other_code.sources = "another";
  other_data.data = [](const std::string&) { return "another"; };
  Expansion other_profile = expansion;
  other_profile.profile.name = "smoke";
  refused(other_code, expansion, "sources");
  refused(other_data, expansion, "data of mqar");
  refused(StubTrainer{}.trainer(), other_profile, "profile");
}

/// What the trainer refuses is told once and ends all.
TEST_F(RunPlan, ARefusalOfTheTrainerEndsIt) {
  Trainer refusing = StubTrainer{}.trainer();
  refusing.train = [](const RunConfig&, const std::filesystem::path&, const StepListener&) -> Json {
    throw evidence::InputError("disk", "room", "some", "none");
  };
  const Plan plan = test::stub_plan(3, 4);
  const pid_t leader = test::in_a_group([&] {
    const RunResult result = run_plan(plan, expand(plan, "tiny"), refusing, {.into = folder, .jobs = 2});
    return result.is_refused && result.failed == 0 ? 42 : 0;
  });
  EXPECT_EQ(exit_code(leader), 42);
}

}  // namespace
}  // namespace sca::experiments::ablation
