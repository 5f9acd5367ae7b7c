// `check`, `fuzz` and the checking of mutants, on kernels that are right and on one that is not.

#include <gtest/gtest.h>
#include <signal.h>

#include <sstream>

#include "evidence/kernels/crash_report.hpp"
#include "evidence/kernels/fuzz.hpp"
#include "evidence/kernels/generator.hpp"
#include "evidence/kernels/mutation.hpp"
#include "tests/evidence/kernels_planted.hpp"

namespace sca::evidence::kernels {
namespace {

using judge::Verdict;

/// Some of the fixed cases, without the largest.
std::vector<Case> some_cases(std::string_view kind) {
  std::vector<Case> all = fixed_cases();
  std::erase_if(all, [&](const Case& one) { return kind_of(one) != kind || volume(one) >= 1000; });
  std::vector<Case> some;
  for (std::size_t i = 0; i < all.size(); i += 10) some.push_back(all[i]);
  return some;
}

std::string text(const Tally& tally) {
  std::ostringstream out;
  print(out, tally, false);
  for (const Count& one : tally.counts()) {
    if (one.smallest) out << to_text(*one.smallest);
  }
  return out.str();
}

Tally checked(const SubjectFactory& make, unsigned jobs, const std::vector<Trial>& trials = {}) {
  return check_all(make, Selection(), some_cases(core_kind), trials, jobs, nullptr);
}

TEST(Check, EveryRegisteredKernelPasses) {
  const Tally tally =
      checked([](Oracle& oracle) { return subjects_of(sca::kernels::core_kernels(), oracle); }, 2);
  EXPECT_EQ(tally.verdict(), Verdict::pass) << text(tally);
  for (const Count& one : tally.counts()) {
    EXPECT_EQ(one.cases, some_cases(core_kind).size());
    EXPECT_EQ(one.verdict(), Verdict::pass) << one.kernel << " " << one.property->name;
  }
}

TEST(Check, EveryOperatorPasses) {
  const SubjectFactory make = [](Oracle& oracle) {
    Subjects subjects;
    for (const auto* table : sca::kernels::f32_operators()) add_subjects(table, oracle, subjects);
    for (const auto* table : sca::kernels::f64_operators()) add_subjects(table, oracle, subjects);
    return subjects;
  };
  for (const operators::Definition& one : operators::definitions()) {
    const Tally tally = check_all(make, Selection(), some_cases(one.name), {}, 1, nullptr);
    EXPECT_EQ(tally.verdict(), Verdict::pass) << text(tally);
  }
}

TEST(Check, SaysTheSameOnAnyNumberOfThreads) {
  EXPECT_EQ(text(checked(test::subjects(test::planted()), 1)),
            text(checked(test::subjects(test::planted()), 3)));
}

TEST(Check, AFailureComesWithItsSmallestCase) {
  const Tally tally = checked(test::subjects(test::planted()), 2);
  EXPECT_EQ(tally.verdict(), Verdict::fail);
  const Count& forward = tally.counts().front();
  ASSERT_TRUE(forward.smallest.has_value());
  EXPECT_GT(forward.failed, 1U);
  EXPECT_NE(text(tally).find(replay_command(forward.smallest->trial)), std::string::npos);
  EXPECT_NE(forward.smallest->outcome.what.find("output["), std::string::npos);
}

TEST(Check, ATrialOfTheCorpusGoesToWhatFitsIt) {
  const Case one = parse_case("core paper B=1 L=6 K=2 Kq=1 M=1 H=3 anchors=0 regime=uniform seed=1");
  const auto failures = [&](const std::string& kernel, const std::string& property) {
    const Tally tally =
        check_all(test::subjects(test::planted()), Selection(), {}, {{kernel, property, one}}, 1, nullptr);
    std::size_t cases = 0, failed = 0;
    for (const Count& count : tally.counts()) {
      cases += count.cases;
      failed += count.failed;
    }
    return std::pair(cases, failed);
  };
  EXPECT_EQ(failures("*", "forward"), std::pair(std::size_t{1}, std::size_t{1}));
  EXPECT_EQ(failures("f64", "forward"), std::pair(std::size_t{0}, std::size_t{0}));
  EXPECT_EQ(failures("f32", "batch"), std::pair(std::size_t{1}, std::size_t{0}));
}

bool is_of_forward(const Failure& failure) { return failure.trial.property == "forward"; }

TEST(Fuzz, FindsAPlantedBugAndItsLineShowsItAgain) {
  std::vector<Failure> failures;
  const auto found = [&] { return std::ranges::any_of(failures, is_of_forward); };
  const FuzzSettings settings{.selection = {}, .seed = 3, .time = std::chrono::minutes(5), .jobs = 2};
  const Search search = fuzz(test::subjects(test::planted()), settings,
                             {.failed = [&](const Failure& one) { failures.push_back(one); },
                              .progress = nullptr,
                              .shall_stop = found});
  EXPECT_EQ(search.tally.verdict(), Verdict::fail);
  ASSERT_TRUE(found());
  Bench bench(test::subjects(test::planted()));
  for (const Failure& failure : failures) {
    const Trial again = parse_trial(to_line(failure.trial));
    EXPECT_EQ(
        bench.check(again.kernel, *properties_that_fit(again.property, again.one).front(), again.one).what,
        failure.outcome.what);
    if (!is_of_forward(failure)) continue;
    EXPECT_EQ(std::get<CoreCase>(again.one).L, 6U) << to_line(again);
    EXPECT_EQ(std::get<CoreCase>(again.one).config.KHM(), 6U) << to_line(again);
  }
}

TEST(Fuzz, AKernelThatIsRightIsSearchedUntilTimeIsUp) {
  const FuzzSettings settings{
      .selection = Selection({"core_forward"}), .seed = 4, .time = std::chrono::milliseconds(200), .jobs = 2};
  const Search search = fuzz(test::subjects(test::plain()), settings, {});
  EXPECT_EQ(search.tally.verdict(), Verdict::pass) << text(search.tally);
  EXPECT_GT(search.cases, 0U);
  for (const Rate& rate : rates(search, 2)) {
    EXPECT_EQ(rate.trials, search.cases);
    EXPECT_EQ(rate.property->operation, SCA_FORWARD);
  }
}

TEST(Mutants, OneThatIsRightSurvivesAndOneThatIsWrongDoesNot) {
  const std::vector<Mutant> mutants{{"mutant/right", "none", &test::plain()},
                                    {"mutant/wrong", "some", &test::planted()}};
  const auto kills = check_mutants(mutants, some_cases(core_kind), 2, nullptr);
  ASSERT_EQ(kills.size(), 2U);
  EXPECT_FALSE(kills[0].by.has_value());
  ASSERT_TRUE(kills[1].by.has_value());
  EXPECT_EQ(kills[1].by->trial.kernel, "mutant/wrong");
  EXPECT_EQ(kills[1].by->outcome.verdict, Verdict::fail);
  EXPECT_EQ(to_json(kills[0])["verdict"], "survived");
}

TEST(Crash, TellsWhatWasUnderWay) {
  const auto crash = [] {
    report_crashes();
    const CrashNote note("f32/mine forward core …");
    raise(SIGSEGV);
  };
  EXPECT_DEATH(crash(), "sca replay 'f32/mine forward core …'");
}

}  // namespace
}  // namespace sca::evidence::kernels
