#include "evidence/finding.hpp"

#include <gtest/gtest.h>

#include "evidence/record.hpp"

namespace sca::evidence {
namespace {

Interval third() { return Interval(1) / Interval(3); }

TEST(Finding, OverlapIsUnknownAndNeverAPass) {
  EXPECT_EQ(at_most("", third(), third()).decision, Decision::unknown);
  EXPECT_EQ(exceeds("", third(), third()).decision, Decision::unknown);
}

TEST(Finding, BoundsAreDecidedByEndpoints) {
  EXPECT_EQ(at_most("", third(), Interval(1)).decision, Decision::holds);
  EXPECT_EQ(at_most("", Interval(1), third()).decision, Decision::fails);
  EXPECT_EQ(exceeds("", Interval(1), third()).decision, Decision::holds);
  EXPECT_EQ(at_most("", Interval(2), Interval(2)).decision, Decision::holds);
}

TEST(Finding, AnAttainedBoundCountsWithClearanceOne) {
  const Finding finding = at_most_or_attained("", third(), third(), 10);
  EXPECT_EQ(finding.decision, Decision::holds);
  EXPECT_EQ(finding.clearance, 1.0);
  EXPECT_EQ(at_most_or_attained("", Interval(1), third(), 10).decision, Decision::fails);
  EXPECT_EQ(at_most_or_attained("", third(), third(), 1000).decision, Decision::unknown);
}

TEST(Finding, NotANumberNeverPasses) {
  const Interval nan = Interval(0) / Interval(0);
  EXPECT_NE(at_most("", nan, Interval(1)).decision, Decision::holds);
  EXPECT_NE(at_most_or_attained("", nan, Interval(1), 10).decision, Decision::holds);
  EXPECT_NE(exceeds("", nan, Interval(0)).decision, Decision::holds);
  EXPECT_NE(equal_to("", nan, nan, Interval(1), 10).decision, Decision::holds);
}

TEST(Finding, EqualityIsDecidedToTheDigitsAskedFor) {
  const Interval close = third() + Interval(1) / power(Interval(10), 12);
  EXPECT_EQ(equal_to("", close, third(), Interval(1), 11).decision, Decision::holds);
  EXPECT_EQ(equal_to("", close, third(), Interval(1), 15).decision, Decision::fails);
}

TEST(Decide, DoublesThePrecisionUntilDecided) {
  unsigned calls = 0;
  const Findings findings = decide(4096, [&] {
    ++calls;
    // 1/3 * 3 - 1 < 2^-300 needs more than 300 bits.
    const Interval gap = third() * Interval(3) - Interval(1);
    return Findings{at_most("", gap, Interval(1) / power(Interval(2), 300))};
  });
  EXPECT_EQ(findings.front().decision, Decision::holds);
  EXPECT_EQ(calls, 4U);  // 64, 128, 256, 512
  EXPECT_GE(findings.front().bits, 512U);
}

TEST(Decide, StopsAtTheLimit) {
  const Findings findings = decide(256, [] { return Findings{at_most("", third(), third())}; });
  EXPECT_EQ(findings.front().decision, Decision::unknown);
}

TEST(Record, ClearanceIsRoundedUp) {
  Finding finding;
  EXPECT_EQ(clearance_text(finding), "-");
  finding.clearance = 0.12341;
  EXPECT_EQ(clearance_text(finding), "0.124");
  finding.clearance = 0;
  EXPECT_EQ(clearance_text(finding), "0");
}

TEST(Record, EnclosuresAreRoundedOutwards) {
  const Finding finding = at_most("", third(), Interval(1));
  EXPECT_EQ(finding.lower, "3.33333e-01");
  EXPECT_EQ(finding.upper, "3.33334e-01");
}

}  // namespace
}  // namespace sca::evidence
