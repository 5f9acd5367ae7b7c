#include "experiments/runner/lease.hpp"

#include <signal.h>

#include "tests/experiments/runner/stub_trainer.hpp"

namespace sca::experiments::ablation {
namespace {

class LeaseTest : public test::InFolder {
 protected:
  static constexpr std::chrono::milliseconds patience{300};

  /// A lease of another machine, of whose processes nothing is known.
  void hold_elsewhere(const std::string& name) const {
    std::ofstream(folder / name) << R"({"host":"elsewhere","process":1,"start":"1"})"
                                 << "\n";
  }
  std::unique_ptr<Lease> acquired_within(Leases& leases, std::chrono::milliseconds most) const {
    const auto end = std::chrono::steady_clock::now() + most;
    while (std::chrono::steady_clock::now() < end) {
      if (auto lease = leases.acquire("run")) return lease;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return nullptr;
  }
};

TEST_F(LeaseTest, OneAtATime) {
  Leases first(folder, patience), second(folder, patience);
  auto lease = first.acquire("run");
  ASSERT_NE(lease, nullptr);
  EXPECT_EQ(second.acquire("run"), nullptr);
  EXPECT_NE(second.acquire("other"), nullptr);
  lease->release();
  EXPECT_NE(second.acquire("run"), nullptr);
}

TEST_F(LeaseTest, ItsHolderKeepsItByItsPulse) {
  Leases first(folder, patience), second(folder, patience);
  const auto lease = first.acquire("run");
  EXPECT_EQ(acquired_within(second, 3 * patience), nullptr);
  EXPECT_FALSE(lease->is_lost());
}

TEST_F(LeaseTest, AKilledHolderOfThisMachineIsKnownAtOnce) {
  const pid_t holder = test::in_a_group([&] {
    Leases leases(folder, std::chrono::hours(1));
    const auto lease = leases.acquire("run");
    std::this_thread::sleep_for(std::chrono::hours(1));
    return 0;
  });
  Leases leases(folder, std::chrono::hours(1));
  while (!std::filesystem::exists(folder / "run.1"))
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(leases.acquire("run"), nullptr);
  kill(holder, SIGKILL);
  test::exit_code(holder);
  EXPECT_NE(leases.acquire("run"), nullptr);
}

TEST_F(LeaseTest, ASilentHolderElsewhereIsWaitedForAndNotLonger) {
  hold_elsewhere("run.1");
  Leases leases(folder, patience);
  const auto begin = std::chrono::steady_clock::now();
  const auto lease = acquired_within(leases, 20 * patience);
  ASSERT_NE(lease, nullptr);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, patience);
}

TEST_F(LeaseTest, WhoeverComesBackFindsItsLeaseLost) {
  Leases leases(folder, patience);
  const auto lease = leases.acquire("run");
  hold_elsewhere("run.2");  // somebody else has taken over meanwhile
  EXPECT_TRUE(lease->is_lost());
}

/// Eight processes that all find the same dead lease, many times over.
TEST_F(LeaseTest, ADeadLeaseHasOneSuccessor) {
  constexpr int contenders = 8, rounds = 20;
  for (int round = 0; round < rounds; ++round) {
    const std::filesystem::path place = folder / std::to_string(round), go = place / "go";
    std::filesystem::create_directories(place);
    std::ofstream(place / "run.1") << R"({"released":true})"
                                   << "\n";
    std::vector<pid_t> processes;
    for (int i = 0; i < contenders; ++i) {
      processes.push_back(test::in_a_group([&] {
        Leases leases(place, patience);
        while (!std::filesystem::exists(go)) std::this_thread::yield();
        const auto lease = leases.acquire("run");
        if (lease == nullptr) return 0;
        while (!std::filesystem::exists(place / "end"))
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return 1;
      }));
    }
    std::ofstream{go};
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    std::ofstream{place / "end"};
    int winners = 0;
    for (const pid_t process : processes) winners += test::exit_code(process);
    EXPECT_EQ(winners, 1) << "round " << round;
  }
}

TEST_F(LeaseTest, ARecordedRunLeavesNoFile) {
  Leases leases(folder, patience);
  leases.acquire("run")->release();
  const auto lease = leases.acquire("run");
  leases.forget("run");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

}  // namespace
}  // namespace sca::experiments::ablation
