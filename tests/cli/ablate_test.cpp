#include <signal.h>

#include <chrono>
#include <set>
#include <thread>

#include "evidence/draws.hpp"
#include "evidence/records_file.hpp"
#include "tests/cli/command.hpp"

namespace sca::cli {
namespace {

const std::string seconds_plan = std::string(SCA_SOURCE_DIR) + "/tests/data/ablation/seconds.toml";
constexpr std::size_t seconds_runs = 16;  // 2 tasks, 2 ratios, 2 rates and 2 seeds

class Ablate : public test::Command {
 protected:
  std::string command(const std::string& verb, const std::string& more) const {
    return "ablate " + verb + " " + seconds_plan + " --profile tiny --into " + (folder / "into").string() +
           " " + more;
  }
  /// All runs' records without what differs from run to run.
  static std::multiset<std::string> runs(const std::filesystem::path& into) {
    std::multiset<std::string> lines;
    for (const auto& entry : std::filesystem::directory_iterator(into)) {
      if (!entry.path().filename().string().starts_with("records-")) continue;
      for (auto& record : evidence::read_records(entry.path())) {
        record.erase("seconds");
        lines.insert(record.dump());
      }
    }
    return lines;
  }
  static std::string text_of(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
};

TEST_F(Ablate, PlanTellsWhatItTakesAndRunsNothing) {
  const test::Outcome plan = sca(command("plan", ""));
  EXPECT_EQ(plan.code, 0) << plan.err;
  for (const char* word : {"ratios", "total", "stated", "1:1 against attention alone", "mqar:N=2, group"})
    EXPECT_NE(plan.out.find(word), std::string::npos) << plan.out;
  EXPECT_FALSE(std::filesystem::exists(folder / "into"));

  const test::Outcome json = sca(command("plan", "--json"));
  std::istringstream lines(json.out);
  std::string line;
  std::getline(lines, line);
  const auto arm = nlohmann::ordered_json::parse(line);
  EXPECT_EQ(arm["arm"], "ratios");
  EXPECT_EQ(arm["choice_runs"].get<int>() + arm["report_runs"].get<int>(), static_cast<int>(seconds_runs));
}

TEST_F(Ablate, RefusesInOneLine) {
  refused("ablate", {"plan, run, status, probe or report"});
  refused("ablate walk " + seconds_plan, {"walk"});
  refused("ablate plan", {"PLAN"});
  refused("ablate plan " + (folder / "none.toml").string(), {"none.toml", "readable"});
  refused("ablate plan " + seconds_plan + " --profile huge", {"seconds.toml", "tiny", "huge"});
  refused(command("run", "--shard 3/2"), {"--shard", "3/2"});
  refused(command("run", "--shard 1"), {"--shard"});
  refused(command("report", ""), {"into", "sca ablate run"});
  refused(command("probe", ""), {"into", "manifest.json"});
  refused("ablate plan " + file("bad.toml", "name = 'x'\nnmae = 'y'\n"), {"bad.toml", "question"});
  refused("ablate --show chess", {"chess", "mqar"});
}

TEST_F(Ablate, ShowsATask) {
  const test::Outcome shown = sca("ablate --show mqar:N=2");
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_NE(shown.out.find("→"), std::string::npos) << shown.out;
}

/// A run to its end; then everything that can be done with its records.
TEST_F(Ablate, RunsOnceAndReportsAgain) {
  const test::Outcome run = sca(command("run", "--jobs 2"));
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(runs(folder / "into").size(), seconds_runs);
  const std::string report = text_of(folder / "into/report.md");
  EXPECT_NE(report.find("1:1 against attention alone"), std::string::npos);

  const auto before = runs(folder / "into");
  EXPECT_EQ(sca(command("run", "")).code, 0);
  EXPECT_EQ(runs(folder / "into"), before) << "a recorded run was computed again";
  EXPECT_EQ(text_of(folder / "into/report.md"), report);

  const test::Outcome status = sca(command("status", ""));
  EXPECT_NE(status.out.find("16 done (0 diverged), 0 running, 0 stale, 0 waiting; complete"),
            std::string::npos)
      << status.out;
  EXPECT_NE(sca(command("plan", "")).out.find("measured: 16 runs"), std::string::npos);

  const std::string again = (folder / "again").string();
  EXPECT_EQ(sca("ablate report " + seconds_plan + " --profile tiny --into " + again + " --from " +
                (folder / "into").string())
                .code,
            0);
  EXPECT_EQ(text_of(folder / "again/report.md"), report);
  EXPECT_EQ(sca("ablate report " + seconds_plan + " --profile tiny --into " + again + " --from " + again +
                "/records.jsonl")
                .code,
            0);
  EXPECT_EQ(text_of(folder / "again/report.md"), report);
}

#ifndef SCA_SANITIZED  // two minutes there; the runner has its own tests
/// kill -9 of command and workers, a few times over, with the real trainer.
TEST_F(Ablate, AKilledRunResumes) {
  const std::string arguments = command("run", "--jobs 2");
  evidence::Draws draws(11, 0);
  for (int i = 0; i < 4; ++i) {
    const pid_t leader = fork();
    if (leader == 0) {
      setpgid(0, 0);
      const std::string line = "exec " + std::string(SCA_BINARY) + " " + arguments + " 2>/dev/null";
      execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      _exit(99);
    }
    setpgid(leader, leader);
    std::this_thread::sleep_for(std::chrono::milliseconds(draws.within(300, 2500)));
    kill(-leader, SIGKILL);
    waitpid(leader, nullptr, 0);
  }
  const test::Outcome last = sca(arguments);
  ASSERT_EQ(last.code, 0) << last.err;
  const auto killed = runs(folder / "into");
  std::filesystem::remove_all(folder / "into");
  ASSERT_EQ(sca(command("run", "--jobs 1")).code, 0);
  EXPECT_EQ(killed, runs(folder / "into"));
}
#endif

#ifndef SCA_SANITIZED  // half a minute there; the runner has its own tests
TEST_F(Ablate, ASignalLeavesWordHowToGoOn) {
  const test::Outcome stopped = sca(command("run", "--jobs 1"), " & sleep 1; kill -TERM $!; wait $!");
  EXPECT_EQ(stopped.code, 128 + SIGTERM) << stopped.err;
  EXPECT_NE(stopped.err.find("go on with: sca ablate run " + seconds_plan), std::string::npos) << stopped.err;
}
#endif

}  // namespace
}  // namespace sca::cli
