#include <signal.h>

#include "evidence/draws.hpp"
#include "tests/experiments/runner/stub_trainer.hpp"

namespace sca::experiments::ablation {
namespace {

using test::recorded_lines;
using test::StubTrainer;

class KilledRuns : public test::InFolder {};

/// kill -9 of the whole process group at fifty random moments, then one run to the end.
TEST_F(KilledRuns, LoseNothingAndCountNothingTwice) {
  constexpr std::chrono::microseconds slow{1500};
  const Plan plan = test::stub_plan(14, 40);
  const std::filesystem::path once = folder / "once", often = folder / "often";
  ASSERT_EQ(test::exit_code(start(plan, StubTrainer{}.trainer(), {.into = once, .jobs = 2})), 0);

  evidence::Draws draws(7, 0);
  std::size_t while_running = 0;
  for (int i = 0; i < 50; ++i) {
    // Every third at full speed: most of its time goes to files.
    const Trainer trainer = StubTrainer{i % 3 == 0 ? std::chrono::microseconds{0} : slow}.trainer();
    const pid_t leader = start(plan, trainer, {.into = often, .jobs = 2});
    std::this_thread::sleep_for(std::chrono::microseconds(draws.within(0, i % 3 == 0 ? 30'000 : 120'000)));
    kill(-leader, SIGKILL);
    if (test::exit_code(leader) == -SIGKILL) ++while_running;
  }
  EXPECT_GE(while_running, 40U) << "too few kills met a run: " << recorded_lines(often).size() << " records";
  EXPECT_LT(recorded_lines(often).size(), recorded_lines(once).size());
  ASSERT_EQ(test::exit_code(start(plan, StubTrainer{}.trainer(), {.into = often, .jobs = 2})), 0);
  EXPECT_EQ(recorded_lines(often), recorded_lines(once));
  for (const auto& entry : std::filesystem::directory_iterator(often / "leases"))
    EXPECT_TRUE(entry.path().filename().string().starts_with(".new-")) << entry.path();
}

}  // namespace
}  // namespace sca::experiments::ablation
