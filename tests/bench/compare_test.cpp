// The rule of --compare on runs whose difference is known.

#include "bench/compare.hpp"

#include <gtest/gtest.h>

#include "evidence/hash.hpp"

namespace {

using namespace sca::bench;

/// A run whose samples lie within `noise` of `seconds`, on a machine that does one byte a second.
Measurement run(const std::string& kernel, double seconds, double noise, std::size_t samples,
                std::uint64_t seed) {
  Measurement m{
      .kernel = kernel, .shape = {1, 128, 16, 16, 64, 2}, .threads = 1, .verdict = "pass", .clearance = 0.5};
  for (std::size_t i = 0; i < samples; ++i)
    m.samples.push_back(seconds * (1 + noise * sca::evidence::signed_unit(seed, 1, i)));
  m.work = {1, 1, 1};
  m.rates = {1, 2, 2};
  return m;
}

TEST(Compare, FindsWhatIsSlowerAndFaster) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto before = run("f", 1, 0.02, 11, seed);
    EXPECT_EQ(compare({before}, {run("f", 1.2, 0.02, 11, seed + 1000)})[0].change, Change::slower);
    EXPECT_EQ(compare({before}, {run("f", 1 / 1.2, 0.02, 11, seed + 1000)})[0].change, Change::faster);
  }
}

TEST(Compare, NoiseIsNoNews) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto found = compare({run("f", 1, 0.3, 11, seed)}, {run("f", 1, 0.3, 11, seed + 1000)});
    EXPECT_EQ(found[0].change, Change::same) << seed;
  }
}

TEST(Compare, TimesAreInFloorsOfTheirOwnRun) {
  const auto before = run("f", 1, 0.02, 11, 1);
  auto after = run("f", 2, 0.02, 11, 2);
  after.rates = {0.5, 1, 1};  // a machine half as fast
  EXPECT_EQ(compare({before}, {after})[0].change, Change::same);
}

TEST(Compare, TooFewSamplesForManyComparisonsAreUndecided) {
  std::vector<Measurement> before;
  std::vector<Measurement> after;
  for (int i = 0; i < 20; ++i) {
    before.push_back(run("f" + std::to_string(i), 1, 0.02, 5, static_cast<std::uint64_t>(i)));
    after.push_back(run("f" + std::to_string(i), 2, 0.02, 5, static_cast<std::uint64_t>(i + 100)));
  }
  for (const Comparison& one : compare(before, after))
    EXPECT_EQ(one.change, Change::undecided);  // 20 / 252 > 1 %
  EXPECT_EQ(compare({before[0]}, {after[0]})[0].change, Change::slower);
}

TEST(Compare, OnlyWhatBothRunsTimedIsCompared) {
  auto other = run("f", 1, 0.02, 11, 1);
  other.shape.L = 256;
  auto refused = run("f", 1, 0.02, 0, 1);
  refused.verdict = "fail";
  const auto now = run("f", 1, 0.02, 11, 2);
  EXPECT_TRUE(compare({other, run("g", 1, 0.02, 11, 1), refused}, {now}).empty());
  EXPECT_TRUE(compare({now}, {refused}).empty());
}

}  // namespace
