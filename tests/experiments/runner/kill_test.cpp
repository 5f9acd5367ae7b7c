#include <signal.h>

#include "evidence/draws.hpp"
#include "tests/experiments/runner/stub_trainer.hpp"

namespace sca::experiments::ablation {
namespace {

using test::recorded_lines;
using test::StubTrainer;

class KilledRuns : public test::InFolder {
 protected:
  Plan plan = test::stub_plan(14, 40);
  std::filesystem::path once = folder / "once", often = folder / "often";
  evidence::Draws draws{7, 0};

  /// Starts a run that goes on in `often`, and kills its process group at a random moment; its exit code.
  int killed(bool is_fast) {
    const std::chrono::microseconds step{is_fast ? 0 : 1500};
    const pid_t leader = start(plan, StubTrainer{step}.trainer(), {.into = often, .jobs = 2});
    std::this_thread::sleep_for(std::chrono::microseconds(draws.within(0, is_fast ? 30'000 : 120'000)));
    kill(-leader, SIGKILL);
    return test::exit_code(leader);
  }

  void finish_and_compare() {
    ASSERT_EQ(test::exit_code(start(plan, StubTrainer{}.trainer(), {.into = often, .jobs = 2})), 0);
    EXPECT_EQ(recorded_lines(often), recorded_lines(once));
    for (const auto& entry : std::filesystem::directory_iterator(often / "leases"))
      EXPECT_TRUE(entry.path().filename().string().starts_with(".new-")) << entry.path();
    std::filesystem::remove_all(often);
  }
};

/// kill -9 of the whole process group at fifty random moments; what ends before its kill is compared, and
/// begun anew. Every third time at full speed: then most of the time goes to files.
TEST_F(KilledRuns, LoseNothingAndCountNothingTwice) {
  ASSERT_EQ(test::exit_code(start(plan, StubTrainer{}.trainer(), {.into = once, .jobs = 2})), 0);
  ASSERT_EQ(recorded_lines(once).size(), 14U * 5);
  int kills = 0;
  for (int i = 0; kills < 50; ++i) {
    ASSERT_LT(i, 1000);
    const int code = killed(i % 3 == 0);
    if (code == -SIGKILL) {
      ++kills;
    } else {
      ASSERT_EQ(code, 0);
      finish_and_compare();
    }
  }
  finish_and_compare();
}

}  // namespace
}  // namespace sca::experiments::ablation
